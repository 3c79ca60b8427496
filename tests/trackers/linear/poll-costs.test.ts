import { describe, expect, test } from 'vitest';
import { ANN, BOB, DOING, DONE, MINUTE, smallWorkspace, TODO } from '#tests/demo/linear/small-workspace.ts';
import { type Following, following } from './following.ts';
import { issueWith } from './workspace.ts';

const ids = ({ simulator }: Following): readonly string[] => simulator.workspace.issues.map(({ id }) => id);
const id = (live: Following, index: number): string => ids(live)[index] ?? '';

/** What a poll asks about what happened in a workspace, whose histories are all long, since it was read. */
async function askedAbout(
  what: (live: Following) => void | Promise<void>,
  count = 160,
): Promise<{ readonly asked: readonly string[]; readonly issues: number }> {
  const issues = Array.from({ length: count }, (_, i) => issueWith(i + 1, 20));
  await using live = await following(smallWorkspace(issues, { relations: [] }));
  const since = await live.sync();
  live.simulator.clock.advance(60 * MINUTE);
  await what(live);
  live.asked();
  const batches = await live.follow(Math.max(since, live.simulator.clock.now() - 40 * MINUTE));
  const [ours, theirs] = live.digests();
  expect(ours).toEqual(theirs);
  expect(Math.max(...live.simulator.requests.map(({ complexity }) => complexity))).toBeLessThanOrEqual(
    10_000,
  );
  return { asked: live.asked(), issues: batches.flatMap((batch) => batch.issues).length };
}

/** So many edits of each issue, of which each leaves an entry of its own. */
function edit(live: Following, issues: readonly string[], times: number): void {
  for (let i = 0; i < times; i += 1) {
    live.simulator.clock.advance(MINUTE / 6);
    live.simulator.edits.update(issues, { stateId: [TODO, DOING, DONE][i % 3] ?? TODO, priority: i % 5 });
  }
}

describe('a poll costs one question for up to a hundred changes', () => {
  test.each<[string, number, (live: Following) => void]>([
    [
      'an issue with many links',
      17,
      (live) => {
        for (let i = 0; i < 16; i += 1)
          live.simulator.edits.relate(id(live, 0), 'blocks', id(live, 50 + i), ANN);
      },
    ],
    ['three issues with a dozen new entries each', 3, (live) => edit(live, ids(live).slice(0, 3), 12)],
    ['a hundred issues with four new entries each', 100, (live) => edit(live, ids(live).slice(0, 100), 4)],
    [
      'a hundred issues that were archived',
      100,
      (live) => live.simulator.edits.archive(ids(live).slice(0, 100), 'by itself'),
    ],
    [
      'fifty links between a hundred issues',
      100,
      (live) => {
        for (let i = 0; i < 50; i += 1)
          live.simulator.edits.relate(id(live, i), 'blocks', id(live, 50 + i), BOB);
      },
    ],
  ])('%s', async (_, issues, what) => {
    expect(await askedAbout(what)).toEqual({ asked: ['Poll'], issues });
  });

  // Up to five of those known take a place: what changed last before the answer is compared and not left out.
  test.each([5, 6, 16, 20, 40])(
    'also for 95 when %i others changed a minute before and were read',
    async (known) => {
      const issues = Array.from({ length: 150 }, (_, i) => issueWith(i + 1, 9));
      await using live = await following(smallWorkspace(issues));
      const { edits, clock } = live.simulator;
      let cursor = await live.sync();
      clock.advance(60 * MINUTE);
      for (const one of ids(live).slice(0, known)) {
        clock.advance(10);
        edits.update(one, { stateId: DONE }, BOB);
      }
      cursor = (await live.follow(cursor)).at(-1)?.cursor ?? 0;
      clock.advance(MINUTE);
      for (const one of ids(live).slice(50, 145)) {
        clock.advance(10);
        edits.update(one, { stateId: DONE }, BOB);
      }
      live.asked();
      expect((await live.follow(cursor)).flatMap((batch) => batch.issues)).toHaveLength(95);
      expect(live.asked()).toEqual(['Poll']);
      const [ours, theirs] = live.digests();
      expect(ours).toEqual(theirs);
    },
  );
});

describe('what the points of one question have no room for is asked for', () => {
  test('a hundred issues with seven new entries each', async () => {
    const { asked, issues } = await askedAbout((live) => edit(live, ids(live).slice(0, 100), 7));
    expect({ asked, issues }).toEqual({ asked: ['Poll', 'Tails'], issues: 100 });
  });

  test('thirty issues with four links of one direction each', async () => {
    const { asked, issues } = await askedAbout((live) => {
      for (let i = 0; i < 30; i += 1) {
        for (let k = 0; k < 4; k += 1) {
          live.simulator.edits.relate(id(live, i), 'blocks', id(live, 40 + ((i * 4 + k) % 60)), ANN);
        }
      }
    });
    expect({ asked, issues }).toEqual({ asked: ['Poll', 'Relations', 'Tails'], issues: 90 });
  });

  test('more than a hundred that were archived', async () => {
    const { asked, issues } = await askedAbout((live) =>
      live.simulator.edits.archive(ids(live).slice(0, 130), 'by itself'),
    );
    expect({ asked, issues }).toEqual({ asked: ['Poll', 'Linked'], issues: 130 });
  });
});
