import { describe, expect, test } from 'vitest';
import { ANN, BOB, DONE, MINUTE, smallWorkspace, TODO } from '#tests/demo/linear/small-workspace.ts';
import { type Following, following } from './following.ts';
import { issueWith, workspaceOf } from './workspace.ts';

const id = ({ simulator }: Following, index: number): string => simulator.workspace.issues[index]?.id ?? '';

/** A workspace that was read whole an hour ago, in which something happened since, and was followed. */
async function happened(
  what: (live: Following) => void,
  workspace = workspaceOf(60),
): Promise<{ readonly live: Following; readonly cursor: number; readonly asked: readonly string[] }> {
  const live = await following(workspace);
  const since = await live.sync();
  live.simulator.clock.advance(60 * MINUTE);
  what(live);
  live.asked();
  const cursor = (await live.follow(since)).at(-1)?.cursor ?? 0;
  return { live, cursor, asked: live.asked() };
}

/** What polls ask and find in the minutes in which the overlap shows again what was read. */
async function pollsAfter({ live, cursor }: { readonly live: Following; readonly cursor: number }) {
  const polls: { asked: readonly string[]; issues: number }[] = [];
  let since = cursor;
  for (const wait of [0, 5_000, MINUTE, MINUTE, MINUTE]) {
    live.simulator.clock.advance(wait);
    const batches = await live.follow(since);
    since = batches.at(-1)?.cursor ?? since;
    polls.push({ asked: live.asked(), issues: batches.flatMap(({ issues }) => issues).length });
  }
  return polls;
}

const QUIET = Array.from({ length: 5 }, () => ({ asked: ['Poll'], issues: 0 }));

describe('a poll that finds nothing costs one question after', () => {
  test.each<[string, (live: Following) => void]>([
    [
      'an automation wrote twelve entries within a minute',
      (live) => {
        const { clock, edits } = live.simulator;
        for (let i = 0; i < 12; i += 1) {
          clock.advance(2000);
          edits.update(id(live, 5), { priority: i % 5, stateId: i % 2 ? TODO : DONE });
        }
      },
    ],
    [
      'an issue came to have more links than come with it',
      (live) => {
        for (let i = 0; i < 9; i += 1)
          live.simulator.edits.relate(id(live, 20), 'related', id(live, 40 + i), ANN);
      },
    ],
    [
      'thirty issues were linked to thirty others',
      (live) => {
        for (let i = 0; i < 30; i += 1)
          live.simulator.edits.relate(id(live, i), 'blocks', id(live, 30 + i), BOB);
      },
    ],
    [
      'fifty were archived',
      (live) => {
        const there = live.simulator.workspace.issues.filter(({ archivedAt }) => archivedAt === undefined);
        live.simulator.edits.archive(
          there.slice(0, 50).map((issue) => issue.id),
          'by itself',
        );
      },
    ],
    [
      'one was archived',
      (live) => {
        live.simulator.edits.archive(id(live, 1), 'by itself');
      },
    ],
  ])('%s', async (_, what) => {
    const after = await happened(what);
    await using live = after.live;
    expect(await pollsAfter(after)).toEqual(QUIET);
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
  });

  test('an issue with a long history and many links was archived', async () => {
    const issues = Array.from({ length: 12 }, (_, i) => issueWith(i + 1, 40));
    const after = await happened((live) => {
      const { edits, clock } = live.simulator;
      for (let i = 1; i < 12; i += 1) edits.relate(id(live, 0), 'blocks', id(live, i), ANN);
      clock.advance(10 * MINUTE);
      edits.archive(id(live, 0), 'by hand');
    }, smallWorkspace(issues));
    await using live = after.live;
    expect(await pollsAfter(after)).toEqual(QUIET);
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
  });
});

test('what the overlap shows again is taken in where it says more than is stored', async () => {
  const after = await happened((live) => {
    for (let i = 0; i < 4; i += 1)
      live.simulator.edits.relate(id(live, 20), 'related', id(live, 40 + i), ANN);
  });
  await using live = after.live;
  const { edits, workspace } = live.simulator;
  // In the same millisecond as what was read, so that no moment tells them apart.
  edits.relate(id(live, 20), 'related', id(live, 50), ANN);
  edits.unrelate(workspace.relations.at(-3)?.id ?? '', ANN);
  edits.archive(id(live, 41), 'by itself');
  await live.follow(after.cursor);
  const [ours, theirs] = live.digests();
  expect(ours).toEqual(theirs);
});
