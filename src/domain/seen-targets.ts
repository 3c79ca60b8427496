import type { CalendarDay } from './calendar.ts';
import type { Instant } from './issue.ts';
import type { SeenTarget } from './reference.ts';

interface Targeted {
  readonly id: string;
  readonly targetDay?: CalendarDay;
  readonly targets?: readonly SeenTarget[];
}

/** Notes, at the moment of a reading, each target that is another than it was `before`. */
export function withTargetsOf<T extends Targeted>(before: readonly T[], at: Instant): (now: T) => T {
  const older = new Map(before.map((one) => [one.id, one]));
  return (now) => {
    const known = older.get(now.id);
    if (known === undefined) return now;
    if (known.targetDay === now.targetDay) {
      return known.targets === undefined ? now : { ...now, targets: known.targets };
    }
    const targets = [...(known.targets ?? [seenTarget(0, known.targetDay)]), seenTarget(at, now.targetDay)];
    return { ...now, targets };
  };
}

/** The same as it stood at a moment: with the target that was seen last before it, else the first that was seen. */
export function targetAsOf<T extends Targeted>(one: T, moment: Instant): T {
  const { targets } = one;
  if (targets === undefined) return one;
  const { targetDay: _, ...rest } = one;
  const day = (targets.findLast(({ since }) => since < moment) ?? targets[0])?.day;
  return { ...rest, ...(day === undefined ? {} : { targetDay: day }) } as T;
}

function seenTarget(since: Instant, day: CalendarDay | undefined): SeenTarget {
  return { since, ...(day === undefined ? {} : { day }) };
}
