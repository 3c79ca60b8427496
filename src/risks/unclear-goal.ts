import type { GoalFact } from '#domain/goal-text.ts';
import { exactCount } from '#domain/measurement.ts';
import { clarity, type GoalClarity } from '#metrics/clarity.ts';
import { evidenceOf, refWhy } from './evidence.ts';
import type { Detector } from './signal.ts';

/** What a goal is asked for, in words; a baseline and a target are parts of its metric. */
const ASKED = {
  problem: 'the problem it solves',
  impact: 'what it changes for whom',
  metric: 'how success is measured',
  owner: 'who answers for it',
  date: 'by when',
} as const satisfies Partial<Record<GoalFact, string>>;

/**
 * A goal of the team does not say what it is for. A fact about what is written, not about what people know.
 *
 * Only what was looked for and not found counts: what nobody read is unknown. Without a measure of success nobody can
 * tell what missing the goal would cost, so that hides the cost; a date that is missing is told as such elsewhere.
 */
export const unclearGoal: Detector = (view) =>
  clarity(view).goals.flatMap((one) => {
    const missing = missingOf(one);
    if (one.goal === undefined || missing.length === 0) return [];
    const words = missing.map((fact) => ASKED[fact]);
    const day = { from: view.day, to: view.day };
    return [
      {
        kind: 'unclear_goal',
        about: one.goal,
        statement: `“${one.title}” does not say ${listed(words)}.`,
        evidence: [
          evidenceOf('clarity', exactCount(missing.length, 'facts', day, 'looked_for_and_not_found'), [
            refWhy(one, `does not say ${listed(words)}`),
          ]),
        ],
        probabilityReal: missing.some((fact) => SAID_IN_TEXTS.includes(fact)) ? ABSENT_WHEN_NOT_FOUND : 1,
        confidence: { level: 'low', reasons: ['it may be said in other words, or where we do not look'] },
        owner: 'leadership',
        hidesCost: missing.includes('metric'),
        accepting: `“${one.title}” goes on without saying ${listed(words)}.${missing.includes('metric') ? ' Nobody can tell afterwards whether it was reached.' : ''}`,
        options: [
          {
            action: `Write down ${listed(words)}.`,
            assumption: 'Those who gave the goal know it, or find it out by being asked.',
            whoDecides: 'leadership',
            relief: () => 'nobody measured what a clear goal is worth',
          },
        ],
      },
    ];
  });

/** What has no field of its own in a tracker. */
const SAID_IN_TEXTS: readonly string[] = ['problem', 'impact', 'metric'];

/** Of 279 facts that were not found in 42 public epics, 16 were said after all (docs/metrics.md). */
const ABSENT_WHEN_NOT_FOUND = 1 - 16 / 279;

function missingOf({ facts }: GoalClarity): readonly (keyof typeof ASKED)[] {
  return (Object.keys(ASKED) as (keyof typeof ASKED)[]).filter(
    (fact) => facts[fact].presence === 'not_found',
  );
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')}, nor ${words.at(-1)}`;
}
