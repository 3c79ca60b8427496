import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestLine } from '#domain/digest.ts';
import type { Issue, IssueEvent } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import { withTimeline } from '#domain/whole-timeline.ts';
import { digestOf } from '#store/digest.ts';
import type { PublishedForecast, Store } from '#store/store.ts';
import { day } from '#tests/builders/day.ts';
import { issue } from '#tests/builders/timeline.ts';
import { decisionsContract } from './decisions.ts';
import { doneEvidenceContract } from './done-evidence.ts';
import { followingContract } from './following.ts';
import { goalTextsContract } from './goal-texts.ts';

/**
 * What every store promises, whatever keeps its data. `open` opens the same store again and again, as one process
 * after another would; each test has sources of its own in it.
 */
export function storeContract(open: () => Promise<Store>): void {
  describe('keeps issues', () => {
    test('and gives each back as it was', async () => {
      await using store = await open();
      const source = freshSource();
      const full = fullIssue(source);
      await store.saveBatch(source, [full]);
      expect(await store.readIssues(source)).toEqual([full]);
      expect(await store.countIssues(source)).toBe(1);
    });

    test('of each source apart, and finds them by project and by id', async () => {
      await using store = await open();
      const source = freshSource();
      const other = freshSource();
      const [pay1, pay2, ops1] = ['PAY-1', 'PAY-2', 'OPS-1'].map((key) => issue(key, 'Backlog', { source }));
      await store.saveBatch(source, [pay1, pay2, ops1].filter(isIssue));
      await store.saveBatch(other, [issue('PAY-1', 'Done', { source: other })]);

      const pay = pay1?.current.scalars.project?.value ?? '';
      const found = async (filter: Parameters<Store['readIssues']>[1]) =>
        (await store.readIssues(source, filter)).map(({ id }) => id).sort();
      const ids = [pay1, pay2, ops1].map((one) => one?.id ?? '');
      expect(await found({})).toEqual(ids.toSorted());
      expect(await found({ projects: [pay] })).toEqual([pay1?.id, pay2?.id]);
      expect(await found({ projects: [pay], ids: [ids[1] ?? '', ids[2] ?? ''] })).toEqual([pay2?.id]);
      expect(await found({ ids: [] })).toEqual([]);
      expect(await found({ projects: [] })).toEqual([]);
      expect(await store.countIssues(other)).toBe(1);
      expect(await store.countIssues('nobody')).toBe(0);
    });

    test('until a source is forgotten, and those of other sources all the same', async () => {
      await using store = await open();
      const [source, other] = [freshSource(), freshSource()];
      for (const of of [source, other]) {
        await store.saveBatch(of, [issue('PAY-1', 'Done', { source: of })], {
          part: '1',
          startedAsOf: 1,
          done: false,
          resume: 'next',
        });
        await store.finishSync(of, 1, 2);
      }
      await store.forgetSource(source);
      expect(await store.readIssues(source)).toEqual([]);
      expect(await store.syncState(source)).toEqual({ source, walks: [] });
      expect(await store.countIssues(other)).toBe(1);
      expect(await store.syncState(other)).toMatchObject({ completeAsOf: 1 });
    });

    test('and finds one that moved by every project it ever was in', async () => {
      await using store = await open();
      const source = freshSource();
      const moved = issue('PAY-1', 'Backlog', {
        source,
        changes: [{ at: '3d', field: 'project', from: 'pay', to: 'ops' }],
      });
      await store.saveBatch(source, [moved]);
      for (const project of ['pay', 'ops']) {
        expect((await store.readIssues(source, { projects: [project] })).map(({ id }) => id)).toEqual([
          moved.id,
        ]);
      }
      expect(await store.readIssues(source, { projects: ['new'] })).toEqual([]);
    });

    test('in the same way however the tracker gave them: twice, late, in pieces, out of order', async () => {
      await using store = await open();
      await fc.assert(
        fc.asyncProperty(deliveries, async ({ inOrder, batches }) => {
          const straight = freshSource();
          const shuffled = freshSource();
          for (const copy of inOrder) await store.saveBatch(straight, [from(straight, copy)]);
          for (const batch of batches) {
            await store.saveBatch(
              shuffled,
              batch.map((copy) => from(shuffled, copy)),
            );
          }
          const issues = await store.readIssues(straight);
          expect(issues.length).toBeGreaterThan(0);
          expect(await store.readIssues(shuffled)).toEqual(issues.map((one) => from(shuffled, one)));
          expect(await digestOf(store.digestLines(shuffled))).toBe(
            await digestOf(store.digestLines(straight)),
          );
        }),
        { numRuns: 40 },
      );
    });

    test('and lets no older copy overwrite a newer one, though it keeps the events it brings', async () => {
      await using store = await open();
      const source = freshSource();
      const newer = versionOf(source, '7', 5, [2, 3]);
      const older = versionOf(source, '7', 1, [0, 1]);
      await store.saveBatch(source, [newer]);
      await store.saveBatch(source, [older]);
      const [stored] = await store.readIssues(source);
      expect(stored?.updatedAt).toBe(newer.updatedAt);
      expect(stored?.current).toEqual(newer.current);
      expect(recordedIds(stored)).toEqual(['100', '101', '102', '103']);
    });

    test('when two processes save the same new issues at the same moment', async () => {
      await using one = await open();
      await using two = await open();
      const source = freshSource();
      const ids = Array.from({ length: 300 }, (_, i) => String(i));
      await Promise.all([
        one.saveBatch(
          source,
          ids.map((id) => versionOf(source, id, 1, [0, 1])),
        ),
        two.saveBatch(
          source,
          ids.toReversed().map((id) => versionOf(source, id, 3, [2, 3])),
        ),
      ]);
      const stored = await one.readIssues(source);
      expect(stored.map(recordedIds)).toEqual(ids.map(() => ['100', '101', '102', '103']));
      expect(new Set(stored.map(({ updatedAt }) => updatedAt))).toEqual(
        new Set([versionOf(source, '0', 3, []).updatedAt]),
      );
    });

    test('with hostile text made visible and everything else untouched', async () => {
      await using store = await open();
      const source = freshSource();
      const hostile = withTimeline(
        {
          source,
          id: '1',
          createdAt: 0,
          updatedAt: 1,
          current: {
            scalars: {
              key: { value: 'X-1' },
              title: { value: `'; drop table issue; -- \0 \ud800 \\u0000 😀 "{}" <script> \u202e __proto__` },
            },
            sets: { labels: [{ value: 'constructor' }, { value: 'nul\0' }] },
          },
        },
        [{ at: 1, eventId: '1\0', itemIndex: 0, field: '__proto__', to: '\0\0', origin: 'recorded' }],
      );
      for (const batch of [[hostile], [hostile, hostile], [hostile]]) await store.saveBatch(source, batch);

      const [stored, ...others] = await store.readIssues(source);
      expect(others).toEqual([]);
      expect(recordedIds(stored)).toEqual(['1␀']);
      expect(stored?.current.scalars.title?.value).toBe(
        `'; drop table issue; -- ␀ � \\u0000 😀 "{}" <script> \u202e __proto__`,
      );
      expect(stored?.current.sets.labels).toEqual([{ value: 'constructor' }, { value: 'nul␀' }]);
      expect(stored?.events.at(-1)).toEqual({
        at: 1,
        eventId: '1␀',
        itemIndex: 0,
        field: '__proto__',
        to: '␀␀',
        origin: 'recorded',
      });
    });

    test('up to a length of history that it states, and refuses a longer one by name', async () => {
      await using store = await open();
      const source = freshSource();
      const longest = withHistory(source, 'PAY-1', 20_000);
      await store.saveBatch(source, [longest]);
      expect((await store.readIssues(source))[0]?.events).toHaveLength(20_000);

      const tooLong = store.saveBatch(
        source,
        [issue('PAY-3', 'Done', { source }), withHistory(source, 'PAY-2', 20_001)],
        { part: 'PAY', startedAsOf: 1, done: true },
      );
      await expect(tooLong).rejects.toMatchObject({
        code: 'STORE_HISTORY_TOO_LONG',
        message: expect.stringMatching(/PAY-2 .*20001 events.*20000/) as string,
      });
      expect(await store.countIssues(source)).toBe(1);
      expect((await store.syncState(source)).walks).toEqual([]);
    });
  });

  describe('digests a source', () => {
    test('line by line, in order of id by code unit, however many there are', async () => {
      await using store = await open();
      const source = freshSource();
      const many = Array.from({ length: 2_001 }, (_, i) => versionOf(source, String(i), 1, [0]));
      await store.saveBatch(source, [...many.slice(1_500), ...many.slice(0, 1_500)]);
      const lines: string[] = [];
      for await (const line of store.digestLines(source)) lines.push(line);
      const byId = many.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      expect(lines).toEqual(byId.map(digestLine));
    });

    test('as the SHA-256 of nothing when there is nothing', async () => {
      await using store = await open();
      // printf '' | sha256sum
      expect(await digestOf(store.digestLines(freshSource()))).toBe(
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      );
    });
  });

  describe('knows how far a sync is', () => {
    test('so that a process killed between two batches is resumed where it stood', async () => {
      const source = freshSource();
      {
        await using killed = await open();
        const walk = { part: 'PAY', startedAsOf: 77 };
        await killed.saveBatch(source, [issue('PAY-1', 'Done', { source })], {
          ...walk,
          resume: 'page 1',
          done: false,
        });
        await killed.saveBatch(source, [issue('PAY-2', 'Done', { source })], {
          ...walk,
          resume: 'page 2',
          done: false,
        });
        await killed.saveBatch(source, [], { part: 'OPS', startedAsOf: 77, done: true });
      }
      await using next = await open();
      expect(await next.syncState(source)).toEqual({
        source,
        walks: [
          { part: 'OPS', startedAsOf: 77, done: true },
          { part: 'PAY', startedAsOf: 77, resume: 'page 2', done: false },
        ],
      });
      await next.saveBatch(source, [], { part: 'PAY', startedAsOf: 77, done: true });
      expect((await next.syncState(source)).walks[1]).toEqual({ part: 'PAY', startedAsOf: 77, done: true });
      expect(await next.countIssues(source)).toBe(2);
    });

    test('from nothing, through failure, to complete', async () => {
      await using store = await open();
      const source = freshSource();
      const walk = { part: 'PAY', startedAsOf: 77, resume: 'page 9', done: false };
      expect(await store.syncState(source)).toEqual({ source, walks: [] });

      await store.saveBatch(source, [], walk);
      await store.failSync(source, 'The tracker did not answer\0');
      expect(await store.syncState(source)).toEqual({
        source,
        walks: [walk],
        lastError: 'The tracker did not answer␀',
      });

      await store.finishSync(source, 1_000, 2_000);
      expect(await store.syncState(source)).toEqual({
        source,
        walks: [],
        completeAsOf: 1_000,
        finishedAt: 2_000,
      });

      await store.failSync(source, 'again');
      expect(await store.syncState(source)).toMatchObject({ completeAsOf: 1_000, lastError: 'again' });
    });

    test('and hears a late message without going back', async () => {
      await using store = await open();
      const source = freshSource();
      await store.finishSync(source, 1_000, 2_000);
      await store.saveBatch(source, [], { part: 'PAY', startedAsOf: 1_500, done: false });
      await store.finishSync(source, 500, 900);
      expect(await store.syncState(source)).toMatchObject({
        completeAsOf: 1_000,
        finishedAt: 2_000,
        walks: [{ part: 'PAY' }],
      });
    });

    test('and forgets it when told to start over', async () => {
      await using store = await open();
      const source = freshSource();
      const other = freshSource();
      for (const each of [source, other]) {
        await store.saveBatch(each, [], { part: 'PAY', startedAsOf: 1, resume: 'page 3', done: false });
      }
      await store.resetWalks(source);
      expect((await store.syncState(source)).walks).toEqual([]);
      expect((await store.syncState(other)).walks).toHaveLength(1);
    });
  });

  describe('lets one process at a time sync a source', () => {
    test('and turns the others away, but not those of another source', async () => {
      await using one = await open();
      await using two = await open();
      const source = freshSource();
      const other = freshSource();
      const outcome = await one.exclusively(source, async () => [
        await two.exclusively(source, async () => 'ran'),
        await one.exclusively(source, async () => 'ran'),
        await two.exclusively(other, async () => 'ran'),
      ]);
      expect(outcome).toEqual([undefined, undefined, 'ran']);
    });

    test('and the next as soon as it has ended, well or badly', async () => {
      await using one = await open();
      await using two = await open();
      const source = freshSource();
      for (let i = 0; i < 10; i += 1) {
        expect(await one.exclusively(source, async () => i)).toBe(i);
        const failure = new Error('the work failed');
        await expect(two.exclusively(source, () => Promise.reject(failure))).rejects.toBe(failure);
      }
    });
  });

  describe('keeps what a source says about itself', () => {
    test('as it was said last', async () => {
      await using store = await open();
      const source = freshSource();
      expect(await store.readReference(source)).toBeUndefined();
      await store.saveReference(reference(source), 10);
      expect(await store.readReference(source)).toMatchObject(reference(source));
      const renamed = { ...reference(source), siteUrl: 'https://new.example/\0' };
      await store.saveReference(renamed, 20);
      await store.saveReference(reference(source), 15);
      expect(await store.readReference(source)).toMatchObject({
        ...renamed,
        siteUrl: 'https://new.example/␀',
      });
      expect((await store.syncState(source)).referenceReadAt).toBe(20);
    });

    test('and what it said of its versions before', async () => {
      await using store = await open();
      const source = freshSource();
      const [first, second] = reference(source).versions;
      if (!first || !second) throw new Error('no versions');
      const moved = { ...first, releaseDay: day('2026-02-05') };
      const milestone = { ...second, id: '14', kind: 'milestone' as const };
      const say = (versions: Reference['versions'], at: number) =>
        store.saveReference({ ...reference(source), versions }, at);
      await say([first, second], 10);
      await say([first, second], 20);
      await say([moved, second, milestone], 30);
      await say([moved, milestone], 40);
      await say([moved, second, milestone], 50);
      expect((await store.readReference(source))?.versionHistory).toEqual({
        since: 10,
        observations: [
          { at: 10, version: first },
          { at: 10, version: second },
          { at: 30, version: moved },
          { at: 30, version: milestone },
          { at: 40, version: second, removed: true },
          { at: 50, version: second },
        ],
      });
    });

    test('and when it says two things at one moment of its clock, the second', async () => {
      await using store = await open();
      const source = freshSource();
      const [first, second] = reference(source).versions;
      if (!first || !second) throw new Error('no versions');
      await store.saveReference({ ...reference(source), versions: [second] }, 10);
      for (const versions of [[first], [first, second], []]) {
        await store.saveReference({ ...reference(source), versions }, 20);
      }
      const stored = await store.readReference(source);
      expect(stored?.versions).toEqual([]);
      expect(stored?.versionHistory?.observations).toEqual([
        { at: 10, version: second },
        { at: 20, version: second, removed: true },
      ]);
    });
  });

  describe('keeps forecasts', () => {
    const monday = day('2026-01-05');
    const made = (team: string, changes: Partial<PublishedForecast> = {}): PublishedForecast => ({
      team,
      asOf: monday,
      horizonDays: 28,
      method: 'drift',
      publishedAt: 10,
      quantiles: [{ chance: 0.85, items: 7 }],
      probabilities: [
        { items: 0, atMost: 0.012345 },
        { items: 30, atMost: 0.9999 },
      ],
      ...changes,
    });

    test('and gives each back as it was told, by day and horizon', async () => {
      await using store = await open();
      const team = freshSource();
      const later = made(team, { asOf: day('2026-01-06'), publishedAt: 20 });
      const longer = made(team, { horizonDays: 56 });
      await store.recordForecasts([later, longer, made(team)]);
      await store.recordForecasts([]);
      expect(await store.forecasts({ team })).toEqual([made(team), longer, later]);
      expect(await store.forecasts({ team, asOf: later.asOf })).toEqual([later]);
      expect(await store.forecasts({ team: freshSource() })).toEqual([]);
      expect(await store.forecasts()).toEqual(expect.arrayContaining([made(team), longer, later]));
    });

    test('and lets nobody change afterwards what was said: the first stands', async () => {
      await using store = await open();
      const team = freshSource();
      await store.recordForecasts([made(team)]);
      await store.recordForecasts([
        made(team, { publishedAt: 11, quantiles: [{ chance: 0.85, items: 1 }] }),
        made(team, { method: 'other' }),
      ]);
      expect(await store.forecasts({ team })).toEqual([made(team), made(team, { method: 'other' })]);
    });

    test('and hands out those whose last day has passed, until what came of them is entered once', async () => {
      await using store = await open();
      const team = freshSource();
      await store.recordForecasts([made(team), made(team, { horizonDays: 56 })]);
      // 28 days after 5 January.
      const last = day('2026-02-02');
      expect(await store.unresolvedForecasts(team, day('2026-02-01'))).toEqual([]);
      expect(await store.unresolvedForecasts(team, last)).toEqual([made(team)]);
      await store.resolveForecast(made(team), 0, 40);
      await store.resolveForecast(made(team), 9, 50);
      await store.resolveForecast(made(team, { horizonDays: 84 }), 9, 50);
      expect(await store.unresolvedForecasts(team, last)).toEqual([]);
      expect(await store.forecasts({ team })).toEqual([
        made(team, { outcome: 0, resolvedAt: 40 }),
        made(team, { horizonDays: 56 }),
      ]);
      expect(await store.unresolvedForecasts(freshSource(), last)).toEqual([]);
    });

    test('and those that were resolved stay so when they are told again', async () => {
      await using store = await open();
      const team = freshSource();
      await store.recordForecasts([made(team)]);
      await store.resolveForecast(made(team), 12, 40);
      await store.recordForecasts([made(team)]);
      expect(await store.forecasts({ team })).toEqual([made(team, { outcome: 12, resolvedAt: 40 })]);
    });
  });

  describe('keeps published reports', () => {
    test('byte for byte, by team and day', async () => {
      await using store = await open();
      const team = freshSource();
      const [monday, tuesday] = [day('2026-01-05'), day('2026-01-06')];
      const document = { zebra: 1, ant: [{ b: 2, a: '\0 \ud800' }], none: null };
      expect(await store.latestReport(team)).toBeUndefined();
      await store.publish({ team, asOf: tuesday, publishedAt: 20, document });
      await store.publish({
        team,
        asOf: monday,
        publishedAt: 30,
        document: ['written later, of an earlier day'],
      });

      const latest = await store.latestReport(team);
      expect(latest).toEqual({ team, asOf: tuesday, publishedAt: 20, document });
      expect(JSON.stringify(latest?.document)).toBe(JSON.stringify(document));
      expect((await store.publishedOn(team, monday))?.publishedAt).toBe(30);
      expect(await store.publishedOn(team, day('2026-01-07'))).toBeUndefined();
      expect(await store.latestReport(freshSource())).toBeUndefined();
    });

    test('and changes none that was given: a repetition is nothing, a new one of the same day stands before it', async () => {
      await using store = await open();
      const team = freshSource();
      const asOf = day('2026-01-05');
      await store.publish({ team, asOf, publishedAt: 10, document: 'first' });
      await store.publish({ team, asOf, publishedAt: 10, document: 'changed' });
      expect((await store.publishedOn(team, asOf))?.document).toBe('first');
      await store.publish({ team, asOf, publishedAt: 11, document: 'second' });
      expect((await store.publishedOn(team, asOf))?.document).toBe('second');
    });
  });

  followingContract(open, freshSource);
  doneEvidenceContract(open, freshSource);
  decisionsContract(open, freshSource);
  goalTextsContract(open, freshSource);

  test('answers when asked whether it is there', async () => {
    await using store = await open();
    await expect(store.ping()).resolves.toBeUndefined();
  });
}

let sources = 0;

const freshSource = (): string => `source-${++sources}`;

const isIssue = (one: Issue | undefined): one is Issue => one !== undefined;

/** The event of an issue that moves it from status n to n + 1, at a moment and under an id that say which it is. */
function step(n: number): IssueEvent {
  return {
    at: 1_000 * (n + 1),
    eventId: String(100 + n),
    itemIndex: n % 2,
    field: 'status',
    from: String(n),
    to: String(n + 1),
    origin: 'recorded',
  };
}

/** A tracker's copy of an issue after `age` steps, with those of its history that were read. */
function versionOf(source: string, id: string, age: number, steps: readonly number[]): Issue {
  return withTimeline(
    {
      source,
      id,
      createdAt: 500,
      updatedAt: 1_000 * age + 600,
      current: {
        scalars: { key: { value: `PAY-${id}` }, status: { value: String(age) } },
        sets: { labels: [{ value: `at ${age}` }] },
      },
    },
    steps.map(step),
  );
}

const from = (source: string, copy: Issue): Issue => ({ ...copy, source });

/** Copies of a few issues at several ages with parts of their history; and the same ones repeated, mixed, in batches. */
const deliveries = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom('9', '10', 'a', 'B'),
      age: fc.nat({ max: 5 }),
      steps: fc.subarray([0, 1, 2, 3, 4]),
    }),
    { minLength: 1, maxLength: 12, selector: ({ id, age }) => `${id} ${age}` },
  )
  .map((copies) => copies.map(({ id, age, steps }) => versionOf('', id, age, steps)))
  .chain((copies) =>
    fc
      .array(fc.constantFrom(...copies), { maxLength: 8 })
      .chain((again) =>
        fc.shuffledSubarray([...copies, ...again], { minLength: copies.length + again.length }),
      )
      .chain((mixed) =>
        fc.array(fc.nat({ max: mixed.length }), { maxLength: 4 }).map((cuts) => ({
          inOrder: copies.toSorted((a, b) => a.updatedAt - b.updatedAt),
          batches: split(mixed, cuts),
        })),
      ),
  );

function split<T>(items: readonly T[], cuts: readonly number[]): readonly (readonly T[])[] {
  const bounds = [0, ...cuts.toSorted((a, b) => a - b), items.length];
  return bounds.slice(1).map((end, i) => items.slice(bounds[i], end));
}

const recordedIds = (one: Issue | undefined): readonly string[] =>
  (one?.events ?? []).filter(({ origin }) => origin === 'recorded').map(({ eventId }) => eventId);

/** An issue with exactly this many events, the inferred one of its key among them. */
function withHistory(source: string, key: string, events: number): Issue {
  const current = { scalars: { key: { value: key } }, sets: {} };
  return withTimeline(
    { source, id: key, createdAt: 0, updatedAt: 1, current },
    Array.from({ length: events - 1 }, (_, i) => ({
      at: i,
      eventId: String(i),
      itemIndex: 0,
      field: 'rank',
      to: 'x',
      origin: 'recorded' as const,
    })),
  );
}

/** An issue that uses every place there is. */
function fullIssue(source: string): Issue {
  return withTimeline(
    {
      source,
      id: '10001',
      createdAt: Date.parse('2026-01-05T09:00:00.123Z'),
      updatedAt: Date.parse('2026-01-09T09:00:00.987Z'),
      creator: 'p1',
      current: {
        scalars: {
          key: { value: 'PAY-1' },
          project: { value: '10', name: 'PAY' },
          status: { value: '3', name: 'In Progress' },
          dueDate: { value: '2026-02-01' },
        },
        sets: {
          labels: [{ value: 'a' }, { value: 'b' }],
          versions: [{ value: '12', name: '1.2.0' }],
          links: [],
        },
      },
    },
    [
      {
        at: Date.parse('2026-01-06T09:00:00.001Z'),
        eventId: '501',
        itemIndex: 0,
        field: 'status',
        from: '1',
        to: '3',
        fromName: 'To Do',
        toName: 'In Progress',
        actor: 'p2',
        origin: 'recorded',
      },
      {
        at: Date.parse('2026-01-06T09:00:00.001Z'),
        eventId: '501',
        itemIndex: 1,
        field: 'labels',
        from: '',
        to: 'a b',
        separator: ' ',
        origin: 'recorded',
      },
      {
        at: Date.parse('2026-01-07T00:00Z'),
        eventId: '502',
        itemIndex: 0,
        field: 'dueDate',
        origin: 'recorded',
      },
    ],
  );
}

function reference(source: string): Reference {
  return {
    source,
    siteUrl: 'https://acme.example',
    projects: [{ id: '10', key: 'PAY', name: 'Payments' }],
    statuses: [{ id: '3', name: 'In Progress', category: 'in_progress' }],
    types: [{ id: '1', name: 'Story', level: 0 }],
    versions: [
      { id: '12', projectId: '10', name: '1.2.0', released: true, releaseDay: day('2026-01-05') },
      { id: '13', projectId: '10', name: '1.3.0', released: false },
    ],
    cycles: [
      { id: '7', name: 'Sprint 7', startAt: 1, plannedEndAt: 2, endedAt: 3 },
      { id: '8', name: 'Sprint 8' },
    ],
  };
}
