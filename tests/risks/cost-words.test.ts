import { describe, expect, test } from 'vitest';
import { acceptMeans } from '#risks/acceptance.ts';
import { assessRisks } from '#risks/assess.ts';
import { aChance } from '#risks/chance-words.ts';
import { costMeans, ownCost } from '#risks/cost-words.ts';
import type { Impact, RiskKind } from '#risks/risk.ts';
import type { Signal } from '#risks/signal.ts';
import { supportSignal } from '#tests/builders/signal.ts';
import { team, view } from '#tests/builders/team.ts';
import { held, support } from './worked-support.ts';

const seen = view(team(), '2026-01-23', []);
const signal = supportSignal({
  statement: 'Customer support takes 2.0 of 5 FTE.',
  relief: support,
  relievedIf: 'support were staffed elsewhere',
});

describe('customer support that takes 2 of 5 people (WX-CF-1)', () => {
  const [risk] = assessRisks(seen, { detectors: [() => [signal]], goalAhead: () => held }).risks;

  test('is told to the word and digit of the worked example, acceptance included', () => {
    expect(`${risk?.statement} ${risk?.costMeans} Accepting it means: ${risk?.acceptMeans}`).toBe(
      'Customer support takes 2.0 of 5 FTE. The 24 items committed for 20 March have a 31 % chance. ' +
        'If support were staffed elsewhere and 50-100 % of that time went to the goal: 52-73 %, 2 to 4 weeks earlier. ' +
        'Accepting it means: 10 items by 20 March are safe to promise (85 %); all 24 land around 4 April (50 %), ' +
        'and only 30 May is safe (85 %). What is accepted is 31 % for 20 March.',
    );
  });

  test('has its figures: .307, .516 to .727, 2.3 to 4.1 weeks', () => {
    const digits = (range: readonly number[] | undefined, count: number) =>
      range?.map((one) => Number(one.toFixed(count)));
    const { probability, weeks } = risk?.impact ?? {};
    expect(digits([probability?.now ?? 0, ...(probability?.relieved ?? [])], 3)).toEqual([
      0.307, 0.516, 0.727,
    ]);
    expect(digits(weeks, 1)).toEqual([2.3, 4.1]);
  });
});

describe('what leaving a risk means', () => {
  test('of one item says so, and names the year of another year', () => {
    const one = { ...held, days: 364, model: { ...held.model, open: 1 } };
    expect(acceptMeans(seen, { ...one, days: 56 }, {})).toMatch(/the one item lands around/);
    expect(acceptMeans(view(team(), '2026-12-01', []), { ...one, days: 56 }, {})).toMatch(
      /by 26 January 2027/,
    );
  });
});

test('a chance has the article that it is spoken with', () => {
  expect([0.06, 0.08, 0.11, 0.17, 0.18, 0.31, 0.8, 0.89, 0.9].map(aChance)).toEqual(
    ['a 6', 'an 8', 'an 11', 'a 17', 'an 18', 'a 31', 'an 80', 'an 89', 'a 90'].map(
      (told) => `${told} % chance`,
    ),
  );
  expect(aChance(0.05)).toBe('a chance of 5 % or less');
});

describe('what a risk costs', () => {
  const words = (impact: Impact, more: Partial<Signal> = {}) =>
    costMeans(seen, held, { ...signal, ...more }, impact);

  test('beyond what can be known is at least so much', () => {
    const probability = { now: 0.05, relieved: [0.4, 0.95] } as const;
    expect(words({ dP: [0.35, 0.9], dPBound: '>', probability })).toContain(
      'have a chance of 5 % or less. If support were staffed elsewhere and 50-100 % of that time went to the goal: 40 % to 95 % or more.',
    );
  });

  test('is told in tenths of a week below one and a half, and in people with their range', () => {
    const probability = { now: 0.3, relieved: [0.35, 0.4] } as const;
    expect(words({ dP: [0.05, 0.1], probability, weeks: [0.3, 1.2], fte: [1.6, 2.4] })).toMatch(
      /: 35-40 %, 0.3 to 1.2 weeks earlier. It takes the time of 1.6 to 2.4 people.$/,
    );
  });

  test('of its own in weeks is not how much earlier the goal would land', () => {
    const probability = { now: 0.3, relieved: [0.35, 0.4] } as const;
    const cost = { weeks: [2, 3] } as const;
    expect(
      words({ dP: [0.05, 0.1], probability, ...cost }, { relief: { kind: 'sooner', days: [7, 9] }, cost }),
    ).toMatch(/If support were staffed elsewhere: 35-40 %. It costs 2 to 3 weeks.$/);
  });

  test('of its own in weeks says what these weeks are', () => {
    const own = (kind: RiskKind) => words({ weeks: [1.1, 5.9] }, { kind, cost: { weeks: [1.1, 5.9] } });
    expect(own('carry_over')).toBe('What is meant for a cycle takes 1.1 to 5.9 weeks longer.');
    expect(own('unanswered_asks')).toBe('What waits for an answer has waited for 1.1 to 5.9 weeks.');
    expect(own('incidents')).toBe('It costs 1.1 to 5.9 weeks.');
  });

  test('of basically-done work is that of the goal’s last item where that is what it costs', () => {
    const cost = { weeks: [2, 4] } as const;
    const own = (more: Partial<Signal>) =>
      words({ weeks: [2, 4] }, { kind: 'basically_done', cost, ...more });
    expect(own({ isOfGoalsLast: true })).toBe(
      'The last of the goal’s items would be through 2 to 4 weeks earlier.',
    );
    expect(own({})).toBe('Such work waits 2 to 4 weeks longer than its best quarter does.');
  });

  test('is its own only where the goal’s chance could not be worked out', () => {
    const late = supportSignal({ kind: 'carry_over', cost: { weeks: [1, 2] } });
    expect(ownCost(late, { weeks: [1, 2] })).toBe('What is meant for a cycle takes 1 to 2 weeks longer.');
    expect(ownCost(late, { weeks: [1, 2], dP: [0.1, 0.2] })).toBeUndefined();
    expect(ownCost(signal, { fte: [2, 2] })).toBeUndefined();
    expect(
      ownCost(supportSignal({ kind: 'unrealistic_goal', cost: { weeks: [1, 2] } }), { weeks: [1, 2] }),
    ).toBeUndefined();
  });

  test('that is known to be late by a least number of weeks alone is at least so many', () => {
    const late = (more: Partial<Impact>) =>
      words({ weeks: [13.93, 44.9], ...more }, { kind: 'unrealistic_goal' });
    expect(late({})).toBe('It would be done 13.9 to 44.9 weeks late (50 to 85 % sure).');
    expect(late({ weeksBound: '>' })).toBe(
      'It would be done at least 13.9 weeks late (50 % sure; for 85 % no day can be told).',
    );
  });

  test('that could not be worked out is said not to be', () => {
    expect(words({})).toBe('What it costs cannot be worked out.');
  });
});
