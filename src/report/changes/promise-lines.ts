import { percent, plural, stated } from '../words.ts';
import { type ChangeLine, type Compared, toldAgain } from './change-line.ts';

/**
 * A forecast's interval is about what may come, not about how unsure the forecast is: those of two weeks always overlap.
 * Told is what somebody who promised by the earlier one would want to hear of.
 */
const NOTABLE = { share: 0.2, items: 2 } as const;

/** What is safe to promise for the shortest time ahead, when it is clearly more or less. */
export function forecastLines(before: Compared, now: Compared): readonly ChangeLine[] {
  const [then, today] = [before.forecast.howMany[0], now.forecast.howMany[0]];
  if (then === undefined || today === undefined || then.horizonDays !== today.horizonDays) return [];
  const [from, to] = [then.atLeast85, today.atLeast85];
  const ahead = plural(today.horizonDays / 7, 'week');
  const line = (sentence: string): readonly ChangeLine[] => [
    { kind: 'forecast', sentence, from, to, items: [] },
  ];
  const again = toldAgain(from, to);
  if (again !== undefined) return line(`How many items ${ahead} bring ${again}.`);
  if (from.kind === 'insufficient' || to.kind === 'insufficient') return [];
  const moved = Math.abs(to.value - from.value);
  if (moved < NOTABLE.items || moved < NOTABLE.share * Math.max(from.value, to.value)) return [];
  return line(`${stated(to)} in ${ahead} are safe to promise (85 %), before ${stated(from)}.`);
}

/** Alerts about a delivery promise that began or ended. */
export function promiseLines(before: Compared, now: Compared): readonly ChangeLine[] {
  return now.slos.flatMap((slo, i): readonly ChangeLine[] => {
    const then = before.slos[i];
    if (then === undefined || then.alert === slo.alert) return [];
    const since = slo.missed.filter(({ missedOn }) => missedOn > before.asOf);
    const promised = `The delivery promise (${percent(slo.objective)} in time)`;
    const words =
      slo.alert === true
        ? `${promised} is being broken: more is missed than it allows, and still so`
        : slo.alert === undefined
          ? `${promised} ${toldAgain(then.inTime, slo.inTime) ?? 'can no longer be told'}`
          : then.alert === true
            ? `${promised} raises no alert any more`
            : `${promised} ${toldAgain(then.inTime, slo.inTime) ?? 'can be told now'}`;
    return [
      {
        kind: 'promise_alert',
        sentence: `${words}.`,
        from: then.inTime,
        to: slo.inTime,
        items: since.map(({ key, title, url }) => ({ key, title, url })),
      },
    ];
  });
}
