import { describe, expect, test } from 'vitest';
import { SIMULATED_API_KEY } from '#demo/linear/server.ts';
import {
  ANN,
  BOB,
  DOING,
  DONE,
  entry,
  MINUTE,
  OPS,
  PAY,
  START,
  smallIssue,
  smallWorkspace,
  TODO,
  uuid,
} from '#tests/demo/linear/small-workspace.ts';
import { bodyOf, json, localServer } from '../transport-support.ts';
import { following, trackerOf } from './following.ts';
import { workspaceOf } from './workspace.ts';

describe('reading issues by id', () => {
  test('gives them as they are now, with whole histories, and says which are gone', async () => {
    await using live = await following(workspaceOf(130));
    await live.sync();
    const { edits, clock, workspace } = live.simulator;
    clock.advance(10 * MINUTE);
    const ids = workspace.issues.filter(({ trashed }) => trashed !== true).map(({ id }) => id);
    edits.update(ids.slice(0, 120), { stateId: DONE }, BOB);
    edits.trash(ids[1] ?? '', ANN);
    edits.purge(ids[2] ?? '');
    const asked = ids.slice(0, 120);
    const { issues, missing } = await live.tracker.read([...asked, 'never-there'], live.stored);
    live.keep(issues);
    expect(new Set(missing)).toEqual(new Set([ids[1], ids[2], 'never-there']));
    expect(issues.map(({ id }) => id)).toContain(ids[1]);
    expect(issues).toHaveLength(119);
    const [ours, theirs] = live.digests();
    const gone = new Set(missing);
    const linesOf = (lines: readonly string[]) =>
      lines.filter((line) => !gone.has((JSON.parse(line) as { readonly id: string }).id));
    expect(linesOf(ours)).toEqual(linesOf(theirs));
  }, 30_000);

  test('names those whose statuses Linear tells differently, and leaves their histories as they are', async () => {
    const honest = smallIssue(1, {
      stateId: DOING,
      history: [entry('51', 60, { fromStateId: TODO, toStateId: DOING })],
    });
    // It says that it is done, and nothing in its history got it there.
    const odd = smallIssue(2, {
      stateId: DONE,
      history: [entry('52', 60, { fromStateId: TODO, toStateId: DOING })],
    });
    await using live = await following(smallWorkspace([honest, odd]));
    const { contradicted, issues } = await live.tracker.read([honest.id, odd.id], live.stored);
    expect(contradicted).toEqual([odd.id]);
    expect(
      issues.find(({ id }) => id === odd.id)?.events.filter(({ origin }) => origin === 'recorded'),
    ).toHaveLength(1);
  });

  test('of many links reads all of them', async () => {
    const issues = Array.from({ length: 12 }, (_, i) => smallIssue(i + 1));
    const relations = issues.slice(1).map(({ id }, i) => ({
      id: uuid(`7${i}`),
      createdAt: START,
      updatedAt: START,
      issueId: i % 2 ? (issues[0]?.id ?? '') : id,
      relatedIssueId: i % 2 ? id : (issues[0]?.id ?? ''),
      type: 'blocks' as const,
    }));
    await using live = await following(smallWorkspace(issues, { relations }));
    const { issues: read } = await live.tracker.read([issues[0]?.id ?? ''], live.stored);
    const links = read[0]?.current.sets.links ?? [];
    expect(links.filter(({ name }) => name?.includes('is blocked by'))).toHaveLength(6);
    expect(links.filter(({ name }) => name?.includes('This issue blocks'))).toHaveLength(5);

    // A walk sweeps them all at once, and comes to the same.
    await live.sync();
    const walked = live.issues.get(issues[0]?.id ?? '')?.current.sets.links ?? [];
    const byKey = (a: { readonly value: string }, b: { readonly value: string }) =>
      a.value < b.value ? -1 : 1;
    expect([...walked].sort(byKey)).toEqual([...links].sort(byKey));
  });
});

describe('a census', () => {
  test('names every issue but those in the trash, 250 a question', async () => {
    await using live = await following(workspaceOf(600));
    const { pages, parts } = await live.tracker.census([]);
    const ids: string[] = [];
    for await (const page of pages) ids.push(...page);
    const there = live.simulator.workspace.issues.filter(({ trashed }) => trashed !== true);
    expect(ids.sort()).toEqual(there.map(({ id }) => id).sort());
    expect([...parts.values()]).toEqual(['live']);
    expect(live.asked()).toEqual(['Reference', 'Census', 'Census', 'Census']);
  }, 30_000);

  test('tells which parts are there, archived, or out of sight', async () => {
    await using live = await following(workspaceOf(3), { tracker: { teams: ['PAY'] } });
    const [, ops] = live.simulator.workspace.teams;
    if (ops === undefined) throw new RangeError('there are two teams');
    live.simulator.edits.save('teams', { ...ops, archivedAt: START });
    const { parts } = await live.tracker.census([PAY, OPS, uuid('dead')]);
    expect([...parts]).toEqual([
      [PAY, 'live'],
      [OPS, 'archived'],
      [uuid('dead'), 'access_lost'],
    ]);
  });
});

test('a workspace whose plan has no initiatives is read and followed without them', async () => {
  await using live = await following(workspaceOf(3));
  const asked: string[] = [];
  // Between the two stands what such a plan answers.
  await using server = await localServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      asked.push(/query (\w+)/.exec(body)?.[1] ?? '');
      if (body.includes('initiatives(')) {
        const extensions = { code: 'FEATURE_NOT_ACCESSIBLE', type: 'feature not accessible' };
        return json(response, {
          errors: [{ message: 'Not on this plan', path: ['initiatives'], extensions }],
        });
      }
      const headers = { 'content-type': 'application/json', authorization: SIMULATED_API_KEY };
      const answer = await fetch(live.simulator.url, { method: 'POST', body, headers });
      return json(response, await answer.json(), answer.status, { date: answer.headers.get('date') ?? '' });
    });
  });
  await using tracker = trackerOf(server);
  const { reference, trackerNow } = await tracker.overview();
  expect(reference).not.toHaveProperty('initiatives');
  expect(reference.projects).toHaveLength(1);
  expect(asked.splice(0)).toEqual(['Reference', 'Reference']);

  // What was found out travels with the reference: a new process asks one question.
  await using next = trackerOf(server);
  next.remember?.(reference);
  for await (const { issues } of next.changes(trackerNow, live.stored)) expect(issues).toEqual([]);
  expect(asked).toEqual(['Poll']);
});
