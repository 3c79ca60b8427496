import { describe, expect, test } from 'vitest';
import type { AbsenceReason, Issue, NamedValue } from '#domain/issue.ts';
import { mergeIssues, withTimeline } from '#domain/whole-timeline.ts';
import { digestOf } from '#store/digest.ts';
import type { Store } from '#store/store.ts';
import { issue } from '#tests/builders/timeline.ts';

/** What a store promises to those who follow a source: cursors, and issues that come to be gone. */
export function followingContract(open: () => Promise<Store>, freshSource: () => string): void {
  const stateOf = async (store: Store, source: string, id: string) =>
    (await store.readIssues(source, { ids: [id] }))[0]?.gone;
  const missing = (why: AbsenceReason, ...ids: readonly string[]) => new Map(ids.map((id) => [id, why]));

  describe('remembers how far a source was followed', () => {
    test('from the first complete reading on, forwards only', async () => {
      await using store = await open();
      const source = freshSource();
      await store.saveBatch(source, [], { seenAt: 50, cursor: 50 });
      expect((await store.syncState(source)).cursor).toBeUndefined();

      await store.finishSync(source, 1_000, 2_000, 900);
      expect(await store.syncState(source)).toEqual({
        source,
        completeAsOf: 1_000,
        finishedAt: 2_000,
        cursor: 900,
        censusAt: 900,
        walks: [],
      });
      await store.saveBatch(source, [], { seenAt: 1_500, cursor: 1_200 });
      await store.saveBatch(source, [], { seenAt: 1_400, cursor: 1_100 });
      await store.saveBatch(source, [], { seenAt: 1_600 });
      await store.finishSync(source, 1_600, 2_100);
      expect(await store.syncState(source)).toMatchObject({ cursor: 1_200, completeAsOf: 1_600 });

      await store.finishCensus(source, 3_000);
      await store.finishSync(source, 4_000, 4_100, 3_900);
      expect(await store.syncState(source)).toMatchObject({ cursor: 3_900, censusAt: 3_000 });
    });

    test('and which parts that is, until others are told', async () => {
      await using store = await open();
      const source = freshSource();
      await store.failSync(source, 'No.');
      expect((await store.syncState(source)).walked).toBeUndefined();
      const walked = { scope: '["pay"]', parts: ['10', '11'] };
      await store.finishSync(source, 1_000, 2_000, 1_000, walked);
      expect((await store.syncState(source)).walked).toEqual(walked);
      await store.finishSync(source, 2_000, 3_000);
      expect((await store.syncState(source)).walked).toEqual(walked);
      const none = { scope: '', parts: [] };
      await store.finishSync(source, 3_000, 4_000, undefined, none);
      expect((await store.syncState(source)).walked).toEqual(none);
    });

    test('in the same moment in which the issues are stored, or not at all', async () => {
      await using store = await open();
      const source = freshSource();
      await store.finishSync(source, 10, 20, 10);
      const tooLong = withTimeline(
        { source, id: '1', createdAt: 0, updatedAt: 1, current: { scalars: {}, sets: {} } },
        Array.from({ length: 20_001 }, (_, i) => ({
          at: i,
          eventId: String(i),
          itemIndex: 0,
          field: 'rank',
          origin: 'recorded' as const,
        })),
      );
      const saving = store.saveBatch(source, [issue('PAY-1', 'Done', { source }), tooLong], {
        seenAt: 30,
        cursor: 30,
      });
      await expect(saving).rejects.toMatchObject({ code: 'STORE_HISTORY_TOO_LONG' });
      expect((await store.syncState(source)).cursor).toBe(10);
      expect(await store.countIssues(source)).toBe(0);
    });
  });

  test('tells when issues changed last that did since a moment, without those that are gone', async () => {
    await using store = await open();
    const source = freshSource();
    const at = (key: string, updatedAt: number) => ({ ...issue(key, 'To Do', { source }), updatedAt });
    const [old, then, late, gone] = [at('PAY-1', 9), at('PAY-2', 10), at('PAY-3', 11), at('PAY-4', 12)];
    await store.saveBatch(source, [old, then, late, gone]);
    await store.markGone(source, missing('deleted', gone.id), 13);
    expect([...(await store.storedSince(source, 10))].toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual([
      [then.id, 10],
      [late.id, 11],
    ]);
    expect(await store.storedSince(freshSource(), 0)).toEqual(new Map());
  });

  test('finds what leads to an issue that is gone since a moment, or in the trash', async () => {
    await using store = await open();
    const source = freshSource();
    const [first, second, binned] = ['PAY-1', 'PAY-2', 'PAY-3'].map((key) => issue(key, 'To Do', { source }));
    const child = issue('PAY-4', 'To Do', { source, parent: 'PAY-1' });
    const linked = issue('PAY-5', 'To Do', { source, links: ['PAY-2'] });
    const renamed = withLink(issue('PAY-6', 'To Do', { source }), { value: '99', aliases: ['PAY-3'] });
    const goneToo = issue('PAY-7', 'To Do', { source, links: ['PAY-2', 'PAY-1'] });
    const unlinked = issue('PAY-8', 'To Do', { source, links: ['PAY-4'] });
    await store.saveBatch(
      source,
      [first, second, binned, child, linked, renamed, goneToo, unlinked].flatMap((one) => one ?? []),
    );
    const [EARLY, LATE] = [Date.parse('2026-03-01'), Date.parse('2026-03-05')];
    expect(await store.referringToGone(source, 0)).toEqual([]);
    await store.markGone(source, missing('deleted', first?.id ?? ''), EARLY);
    await store.markGone(source, missing('trashed', binned?.id ?? ''), EARLY);
    await store.markGone(source, missing('deleted', second?.id ?? '', goneToo.id), LATE);

    expect(await store.referringToGone(source, EARLY)).toEqual([child.id, linked.id, renamed.id]);
    expect(await store.referringToGone(source, LATE)).toEqual([linked.id, renamed.id]);
    expect(await store.referringToGone(source, LATE + 1)).toEqual([renamed.id]);
    expect(await store.referringToGone(freshSource(), 0)).toEqual([]);
  });

  describe('keeps issues that are gone', () => {
    const three = (source: string) =>
      ['PAY-1', 'PAY-2', 'PAY-3'].map((key) => issue(key, 'To Do', { source }));
    const [LATER, AGAIN, LAST] = ['2026-03-01', '2026-03-05', '2026-03-09'].map((text) => Date.parse(text));
    if (!LATER || !AGAIN || !LAST) throw new RangeError('no dates');

    test('with their histories, but neither counts them nor holds them against the tracker', async () => {
      await using store = await open();
      const [source, whole] = [freshSource(), freshSource()];
      const [one, ...rest] = three(source);
      if (!one) throw new RangeError('no issue');
      await store.saveBatch(source, [one, ...rest]);
      await store.saveBatch(
        whole,
        rest.map((other) => ({ ...other, source: whole })),
      );
      await store.markGone(source, missing('deleted', one.id, 'never read'), LATER);

      expect(await store.readIssues(source, { ids: [one.id] })).toEqual([
        { ...one, gone: [{ since: LATER, why: 'deleted' }] },
      ]);
      expect(await store.countIssues(source)).toBe(2);
      expect([
        await store.countGone(source),
        await store.countGone(source, LATER),
        await store.countGone(source, LATER + 1),
        await store.countGone(whole),
      ]).toEqual([1, 1, 0, 0]);
      expect(await digestOf(store.digestLines(source))).toBe(await digestOf(store.digestLines(whole)));
      expect(await store.inventory(source)).toEqual([
        { id: one.id, key: 'PAY-1', project: 'pay', gone: true, missedSince: LATER },
        ...rest.map(({ id }, i) => ({ id, key: `PAY-${i + 2}`, project: 'pay', gone: false })),
      ]);
      expect([
        ...(await store.storedIssues(source, ['never read', one.id, rest[0]?.id ?? ''])).keys(),
      ]).toEqual([rest[0]?.id]);
    });

    test('until the tracker shows them again, and remembers that they were away', async () => {
      await using store = await open();
      const source = freshSource();
      const [one] = three(source);
      if (!one) throw new RangeError('no issue');
      await store.saveBatch(source, [one]);
      const absence = { since: LATER, why: 'archived' as const };
      for (const since of [LATER, AGAIN]) await store.markGone(source, missing('archived', one.id), since);
      expect(await stateOf(store, source, one.id)).toEqual([absence]);

      // Neither one who does not say when it was seen, nor one who saw it before, tells that it is back.
      await store.saveBatch(source, [one]);
      await store.saveBatch(source, [one], { seenAt: LATER - 1 });
      expect(await stateOf(store, source, one.id)).toEqual([absence]);
      // The tracker says that it was archived: that is no loss.
      expect((await store.inventory(source))[0]).toMatchObject({ gone: true });
      expect((await store.inventory(source))[0]).not.toHaveProperty('missedSince');

      const edited = { ...one, updatedAt: one.updatedAt + 1 };
      await store.saveBatch(source, [edited], { seenAt: AGAIN, cursor: AGAIN });
      expect(await store.readIssues(source)).toEqual([{ ...edited, gone: [{ ...absence, until: AGAIN }] }]);
      expect(await store.countIssues(source)).toBe(1);

      await store.markGone(source, missing('deleted', one.id), LAST);
      expect(await stateOf(store, source, one.id)).toEqual([
        { ...absence, until: AGAIN },
        { since: LAST, why: 'deleted' },
      ]);
      await store.saveBatch(source, [edited], { part: 'PAY', startedAsOf: LAST, done: true });
      expect(await stateOf(store, source, one.id)).toEqual([{ ...absence, until: AGAIN }]);
    });

    test('from after their last sign of life, though the tracker’s clock shows whole seconds', async () => {
      await using store = await open();
      const source = freshSource();
      const one = issue('PAY-1', 'To Do 1d → Done', { source });
      await store.saveBatch(source, [one]);
      await store.markGone(source, missing('deleted', one.id), one.updatedAt - 500);
      expect(await stateOf(store, source, one.id)).toEqual([{ since: one.updatedAt + 1, why: 'deleted' }]);
    });

    test('in any number', async () => {
      await using store = await open();
      const source = freshSource();
      const many = Array.from({ length: 1_201 }, (_, i) => issue(`PAY-${i + 1}`, 'To Do', { source }));
      await store.saveBatch(source, many);
      await store.markGone(source, missing('access_lost', ...many.map(({ id }) => id)), LATER);
      expect(await store.countIssues(source)).toBe(0);
      expect((await store.inventory(source)).filter(({ gone }) => gone)).toHaveLength(1_201);
    });
  });

  describe('finds issues by team', () => {
    const found = async (store: Store, source: string, filter: Parameters<Store['readIssues']>[1]) =>
      (await store.readIssues(source, filter)).map(({ id }) => id);

    test('that they are or ever were in, or by project where both are named', async () => {
      await using store = await open();
      const source = freshSource();
      const moved = issue('ENG-1', 'To Do', {
        source,
        team: 'eng',
        changes: [{ at: '2d', field: 'team', from: 'eng', to: 'ops' }],
      });
      const stays = issue('OPS-1', 'To Do', { source, team: 'ops' });
      const without = issue('PAY-1', 'To Do', { source });
      await store.saveBatch(source, [moved, stays, without]);
      expect(await found(store, source, { teams: ['eng'] })).toEqual([moved.id]);
      expect(await found(store, source, { teams: ['ops'] })).toEqual([moved.id, stays.id]);
      expect(await found(store, source, { teams: ['eng'], projects: ['pay'] })).toEqual([
        moved.id,
        without.id,
      ]);
      expect(await found(store, source, { teams: [] })).toEqual([]);
      expect((await store.inventory(source)).map(({ team }) => team)).toEqual(['ops', 'ops', undefined]);
    });
  });

  test('keeps of which copy a history entry is, where that is not the newest', async () => {
    await using store = await open();
    const source = freshSource();
    const copy = (updatedAt: number, eventId: string): Issue =>
      withTimeline({ source, id: '1', createdAt: 0, updatedAt, current: { scalars: {}, sets: {} } }, [
        { at: 1, eventId, itemIndex: 0, field: 'rank', to: `at ${updatedAt}`, origin: 'recorded' },
      ]);
    const [first, second, third] = [copy(1, 'a'), copy(2, 'b'), copy(3, 'c')];
    for (const one of [third, first, second]) await store.saveBatch(source, [one]);
    expect(await store.readIssues(source)).toEqual([mergeIssues(mergeIssues(first, second), third)]);
    expect((await store.readIssues(source))[0]?.events.map((event) => event.copyUpdatedAt)).toEqual([
      1,
      2,
      undefined,
    ]);
  });
}

function withLink(one: Issue, link: NamedValue): Issue {
  return { ...one, current: { ...one.current, sets: { ...one.current.sets, links: [link] } } };
}
