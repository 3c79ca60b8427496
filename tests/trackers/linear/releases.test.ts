import { describe, expect, test } from 'vitest';
import type { LinearRelease, LinearWorkspace } from '#demo/linear/model.ts';
import { SIMULATED_API_KEY } from '#demo/linear/server.ts';
import { parseDay } from '#domain/calendar.ts';
import { teamView } from '#domain/team-view.ts';
import { releases as releaseStates } from '#metrics/release.ts';
import { requiredLevels } from '#metrics/required-level.ts';
import { team } from '#tests/builders/team.ts';
import {
  ANN,
  BOB,
  DAY,
  DOING,
  DONE,
  entity,
  entry,
  MINUTE,
  PROJECT,
  START,
  smallIssue,
  uuid,
} from '#tests/demo/linear/small-workspace.ts';
import { releaseName, versionOfRelease } from '#trackers/linear/releases.ts';
import { bodyOf, json, localServer } from '../transport-support.ts';
import { following, trackerOf } from './following.ts';
import { workspaceOf } from './workspace.ts';

const [PRODUCTION, STAGING] = [uuid('91'), uuid('92')];
const release = (name: string, more: Partial<LinearRelease> = {}): LinearRelease => ({
  ...entity(name),
  pipelineId: PRODUCTION,
  name: `Release ${name}`,
  ...more,
});
const [A1, A2, A3, B1] = [release('9a1'), release('9a2'), release('9a3'), release('9b1')];
const withReleases = (count: number, changes: Partial<LinearWorkspace> = {}): LinearWorkspace =>
  workspaceOf(count, {
    releasePipelines: [
      { ...entity('91'), name: 'Web', isProduction: true },
      { ...entity('92'), name: 'Staging', isProduction: false },
    ],
    releases: [A1, A2, A3, B1],
    ...changes,
  });

describe('a release as a version', () => {
  const shown = { id: 'r', name: 'Spring', pipeline: { id: 'p', isProduction: true } };
  const planned = { targetDate: '2026-04-10' };
  const [completedAt, canceledAt] = [Date.UTC(2026, 3, 8, 23, 30), Date.UTC(2026, 3, 9)];

  test('is out on the day it was completed, and planned for its target until then', () => {
    const version = { id: 'r', projectId: 'p', name: 'Spring' };
    expect(versionOfRelease(shown)).toEqual({ ...version, released: false });
    expect(versionOfRelease({ ...shown, ...planned })).toEqual({
      ...version,
      released: false,
      releaseDay: '2026-04-10',
    });
    expect(versionOfRelease({ ...shown, ...planned, completedAt })).toEqual({
      ...version,
      released: true,
      releaseDay: '2026-04-08',
    });
  });

  test('is no release to users when it was cancelled, thrown away, or is not to production', () => {
    for (const dropped of [{ canceledAt }, { trashed: true }]) {
      expect(versionOfRelease({ ...shown, ...planned, ...dropped })).toEqual({
        id: 'r',
        projectId: 'p',
        name: 'Spring',
        kind: 'milestone',
        released: false,
      });
    }
    const staging = { ...shown, pipeline: { id: 'q', isProduction: false }, completedAt };
    expect(versionOfRelease(staging)).toMatchObject({ kind: 'milestone', released: true });
  });

  test('goes by its version as well, where its name does not say it', () => {
    expect(releaseName({ name: 'Spring', version: '2.1' })).toBe('Spring 2.1');
    expect(releaseName({ name: 'Web 2.1', version: '2.1' })).toBe('Web 2.1');
    expect(releaseName({ name: 'Web', version: '' })).toBe('Web');
  });
});

describe('a workspace with releases', () => {
  test('is walked with one list of who is in which, and no more requests for issues', async () => {
    const first = withReleases(300);
    const issues = first.issues.map((issue, i) => ({
      ...issue,
      ...(i % 3 === 0 ? { releaseIds: i % 2 === 0 ? [A1.id] : [A1.id, A2.id, A3.id] } : {}),
    }));
    await using live = await following({ ...first, issues });
    await live.sync();
    const [ours, theirs] = live.digests();
    expect(ours).toEqual(theirs);
    expect(ours.some((line) => line.includes(A3.id))).toBe(true);
    const asked = live.asked();
    const count = (name: string) => asked.filter((one) => one === name).length;
    // A hundred issues in two releases each: 200 rows, 250 a page; 300 issues, 137 a page.
    expect([count('InReleases'), count('Walk'), count('Reference')]).toEqual([1, 3, 1]);
  });

  test('that has none is not asked who is in them', async () => {
    await using live = await following(withReleases(3, { releases: [] }));
    await live.sync();
    expect(live.asked()).not.toContain('InReleases');
  });

  test('is followed: who was put in, taken out, and is in more than come with an issue', async () => {
    await using live = await following(withReleases(5));
    let now = await live.sync();
    const [one, two] = live.simulator.workspace.issues;
    const put = async (id = '', releaseIds: readonly string[] = []) => {
      live.simulator.clock.advance(10 * MINUTE);
      live.simulator.edits.update(id, { releaseIds }, BOB);
      // Longer than what every poll asks for once more.
      live.simulator.clock.advance(5 * MINUTE);
      live.asked();
      now = (await live.follow(now)).at(-1)?.trackerNow ?? now;
      const [ours, theirs] = live.digests();
      expect(ours).toEqual(theirs);
      return live.asked();
    };
    expect(await put(one?.id, [A1.id])).toEqual(['Poll']);
    expect(await put(one?.id, [A1.id, A2.id, A3.id])).toEqual(['Poll', 'AllReleases']);
    expect(await put(two?.id, [B1.id])).toEqual(['Poll']);
    expect(await put(one?.id, [A3.id])).toEqual(['Poll']);
    const versions = live.issues.get(one?.id ?? '')?.current.sets.versions;
    expect(versions).toContainEqual({ value: A3.id, name: 'Release 9a3' });
    const { issues } = await live.tracker.read([two?.id ?? ''], live.stored);
    expect(issues[0]?.current.sets.versions).toContainEqual({ value: B1.id, name: 'Release 9b1' });
  });

  test('tells that a release was completed though no issue changed', async () => {
    await using live = await following(withReleases(2));
    const now = await live.sync();
    live.simulator.clock.advance(10 * MINUTE);
    const completedAt = live.simulator.clock.now();
    live.simulator.edits.save('releases', { ...A1, completedAt, updatedAt: completedAt });
    live.simulator.clock.advance(MINUTE);
    const [batch] = await live.follow(now);
    expect(batch?.reference?.versions.find(({ id }) => id === A1.id)).toMatchObject({ released: true });
  });

  test('whose plan refuses releases is read and followed without them', async () => {
    await using live = await following(withReleases(3));
    const asked: string[] = [];
    await using server = await localServer((request, response) => {
      void bodyOf(request).then(async (body) => {
        asked.push(/query (\w+)/.exec(body)?.[1] ?? '');
        if (/\b(releases|issueToReleases)\(/.test(body)) {
          const extensions = { code: 'FEATURE_NOT_ACCESSIBLE', type: 'feature not accessible' };
          return json(response, {
            errors: [{ message: 'Not on this plan', path: ['releases'], extensions }],
          });
        }
        const headers = { 'content-type': 'application/json', authorization: SIMULATED_API_KEY };
        const answer = await fetch(live.simulator.url, { method: 'POST', body, headers });
        return json(response, await answer.json(), answer.status, { date: answer.headers.get('date') ?? '' });
      });
    });
    await using tracker = trackerOf(server);
    const { reference, trackerNow } = await tracker.overview();
    // The initiatives are not given up for it.
    expect(reference.initiatives).toHaveLength(1);
    expect(asked.splice(0)).toEqual(['Reference', 'Reference', 'Reference']);
    await using next = trackerOf(server);
    next.remember?.(reference);
    for await (const { issues } of next.changes(trackerNow, live.stored)) expect(issues).toEqual([]);
    expect(asked).toEqual(['Poll']);
    expect(
      (
        await next.read(
          live.simulator.workspace.issues.map(({ id }) => id),
          live.stored,
        )
      ).missing,
    ).toEqual([]);
  });
});

test('a release in Linear shows that work is released, as a version of Jira does', async () => {
  const out = release('9f1', { completedAt: START + 3 * DAY });
  const staged = release('9f2', { pipelineId: STAGING, completedAt: START + 2 * DAY });
  const ahead = release('9f3', { targetDate: '2026-05-01' });
  const done = (number: number, releaseIds: readonly string[]) =>
    smallIssue(number, {
      stateId: DONE,
      creatorId: ANN,
      projectId: PROJECT,
      releaseIds,
      updatedAt: START + DAY,
      history: [
        entry(`${number}1`, 60, { fromStateId: DOING, toStateId: DONE }),
        ...(releaseIds.length === 0 ? [] : [entry(`${number}2`, 90, { addedToReleaseIds: releaseIds })]),
      ],
    });
  const issues = [done(1, [out.id]), done(2, [staged.id]), done(3, [ahead.id]), done(4, [])];
  await using live = await following(withReleases(0, { issues, releases: [out, staged, ahead] }));
  const { reference } = await live.tracker.overview();
  await live.sync();
  const day = parseDay('2026-03-20');
  if (day === undefined) throw new RangeError('a day');
  const view = teamView(team({ scope: [{ source: 'labs', teams: ['PAY'] }] }), day, [
    { reference, issues: [...live.issues.values()] },
  ]);
  const stateOf = releaseStates(view);
  expect(Object.fromEntries(view.items.map((item) => [item.key, stateOf(item)]))).toEqual({
    // Out with the end of the day it was completed.
    'PAY-1': { kind: 'released', at: START + 4 * DAY },
    'PAY-2': { kind: 'untracked' },
    'PAY-3': { kind: 'unreleased' },
    'PAY-4': { kind: 'untracked' },
  });
  // Its project releases, so its work has to be released.
  const required = requiredLevels(view);
  expect(view.items.map((item) => required(item))).toEqual(Array(4).fill('released'));
});
