import { describe, expect, test } from 'vitest';
import type { TeamView } from '#domain/team-view.ts';
import { watch } from '#risks/seen.ts';
import type { Detector, Signal } from '#risks/signal.ts';
import { supportSignal } from '#tests/builders/signal.ts';
import { team, view } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const signal = supportSignal({ probabilityReal: 0.9, cost: { fte: [1.6, 2.4] } });

/** Sees it while an item is in progress, and remembers which days it was asked about. */
function lookout(more: Partial<Signal> = {}) {
  const asked: string[] = [];
  const detector: Detector = (seen: TeamView) => {
    asked.push(seen.day);
    return seen.items.some(({ stage }) => stage === 'active') ? [{ ...signal, ...more }] : [];
  };
  return { asked, detectors: [detector], goalAhead: () => undefined };
}

/** In progress since Friday 9 January 2026; the 23rd is a Friday. */
const friday = view(team(), '2026-01-23', [issue('PAY-1', 'In Progress', { from: '2026-01-09' })]);

describe('what is seen', () => {
  test('is raised when it was worth it on the last two Mondays, and says since when', () => {
    const [found] = watch(friday, lookout()).seenOn(friday.day);
    expect(found?.persistence).toEqual({ weeks: 2, since: '2026-01-11' });
    expect(found?.isRaised).toBe(true);
  });

  test('a week earlier was not, having been there on one Monday only', () => {
    const earlier = view(team(), '2026-01-16', [issue('PAY-1', 'In Progress', { from: '2026-01-09' })]);
    const [found] = watch(earlier, lookout()).seenOn(earlier.day);
    expect([found?.persistence.weeks, found?.isRaised]).toEqual([1, false]);
  });

  test('was the same on that day, asked then or today', () => {
    const earlier = view(team(), '2026-01-18', [issue('PAY-1', 'In Progress', { from: '2026-01-09' })]);
    expect(watch(friday, lookout()).seenOn(earlier.day)).toEqual(
      watch(earlier, lookout()).seenOn(earlier.day),
    );
  });

  test('does not count the Mondays on which it was too small to matter', () => {
    const [found] = watch(friday, lookout({ cost: { fte: [0.4, 2] } })).seenOn(friday.day);
    expect([found?.persistence.weeks, found?.isRaised]).toEqual([0, false]);
  });

  test('on a Sunday is evaluated with that day, whose end is Monday 00:00', () => {
    const sunday = view(team(), '2026-01-18', [issue('PAY-1', 'In Progress', { from: '2026-01-09' })]);
    const [found] = watch(sunday, lookout()).seenOn(sunday.day);
    expect(found?.persistence).toEqual({ weeks: 2, since: '2026-01-11' });
    expect(found?.isRaised).toBe(true);
  });

  test('is followed back for the 26 weeks that are replayed', () => {
    const june = view(team(), '2026-08-28', [issue('PAY-1', 'In Progress', { from: '2026-01-09' })]);
    const [found] = watch(june, lookout()).seenOn(june.day);
    // 26 Sundays up to 23 August.
    expect(found?.persistence).toEqual({ weeks: 26, since: '2026-03-01' });
  });

  test('is looked for once a day, and no further back than the first break', () => {
    const looking = lookout();
    const { seenOn } = watch(friday, looking);
    seenOn(friday.day);
    const [found] = seenOn(friday.day);
    expect(looking.asked).toEqual(['2026-01-23']);
    expect(found?.isRaised).toBe(true);
    expect(looking.asked).toEqual(['2026-01-23', '2026-01-18', '2026-01-11']);
    expect([found?.persistence.weeks, found?.persistence.weeks]).toEqual([2, 2]);
    expect(looking.asked).toEqual(['2026-01-23', '2026-01-18', '2026-01-11', '2026-01-04']);
  });

  test('and was raised by weeks of its own is asked to last no further, and stays though its cost gets small', () => {
    const stands = {
      since: view(team(), '2026-01-11', []).day,
      raisedOn: view(team(), '2026-01-18', []).day,
    };
    const costing = (fte: number) => (seen: TeamView) =>
      ({ fte: [seen.day > '2026-01-18' ? fte : 1, 2] }) as const;
    const found = (fte: number, more: Partial<Signal>) => {
      const detector: Detector = (seen) => [{ ...signal, cost: costing(fte)(seen), ...more }];
      const [one] = watch(friday, { detectors: [detector], goalAhead: () => undefined }).seenOn(friday.day);
      return [one?.persistence.weeks, one?.isRaised];
    };
    expect(found(0.4, { stands })).toEqual([2, true]);
    expect(found(0.4, {})).toEqual([0, false]);
  });

  test('nothing is, where nothing is going on', () => {
    const idle = view(team(), '2026-01-23', [issue('PAY-1', 'To Do', { from: '2026-01-09' })]);
    expect(watch(idle, lookout()).seenOn(idle.day)).toEqual([]);
  });
});
