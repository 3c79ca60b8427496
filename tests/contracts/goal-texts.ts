import { describe, expect, test } from 'vitest';
import type { GoalText } from '#domain/goal-text.ts';
import type { Reference } from '#domain/reference.ts';
import { digestOf } from '#store/digest.ts';
import type { Store } from '#store/store.ts';
import { history } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

/** What a store keeps of the texts of goals. */
export function goalTextsContract(open: () => Promise<Store>, freshSource: () => string): void {
  const text = (since: number, facts: GoalText['facts'] = {}): GoalText => ({ since, facts });
  const first = text(1_000, { problem: 'they leave', owner: 'given' });
  const second = text(2_000, { problem: 'they leave early' });

  describe('keeps what the texts of goals say', () => {
    test('older beside newer, whichever copy comes first, and of one moment what the newer copy says', async () => {
      await using store = await open();
      for (const order of [
        [first, second],
        [second, first],
      ]) {
        const source = freshSource();
        const epic = issue('PAY-1', 'Backlog', { source, type: 'Epic' });
        for (const one of order) {
          const updatedAt = epic.updatedAt + one.since;
          await store.saveBatch(source, [{ ...epic, updatedAt, texts: [one] }]);
        }
        const texts = async () => (await store.readIssues(source))[0]?.texts;
        expect(await texts()).toEqual([first, second]);
        const mended = text(2_000, { problem: 'they leave at once' });
        await store.saveBatch(source, [{ ...epic, updatedAt: epic.updatedAt + 3_000, texts: [mended] }]);
        expect(await texts()).toEqual([first, mended]);
      }
    });

    test('until they are read no more, and longer', async () => {
      await using store = await open();
      const source = freshSource();
      const epic = issue('PAY-1', 'Backlog', { source, type: 'Epic' });
      await store.saveBatch(source, [epic]);
      expect((await store.readIssues(source))[0]).not.toHaveProperty('texts');
      await store.saveBatch(source, [{ ...epic, texts: [first] }]);
      await store.saveBatch(source, [{ ...epic, updatedAt: epic.updatedAt + 1 }]);
      expect((await store.readIssues(source))[0]?.texts).toEqual([first]);
    });

    test('without a change of the digest', async () => {
      await using store = await open();
      const source = freshSource();
      const epic = issue('PAY-1', 'Backlog', { source, type: 'Epic' });
      await store.saveBatch(source, [epic]);
      const before = await digestOf(store.digestLines(source));
      await store.saveBatch(source, [{ ...epic, texts: [first] }]);
      expect(await digestOf(store.digestLines(source))).toBe(before);
    });

    test('of projects, in what a source says about itself', async () => {
      await using store = await open();
      const source = freshSource();
      const saying = (...texts: readonly GoalText[]): Reference => ({
        ...history([], { source }).reference,
        projects: [{ id: '1', key: 'checkout', name: 'Checkout', texts }],
      });
      await store.saveReference(saying(first), 5_000);
      await store.saveReference(saying({ ...first, since: 1_500 }), 6_000);
      await store.saveReference(saying(second), 7_000);
      expect((await store.readReference(source))?.projects[0]?.texts).toEqual([first, second]);
    });
  });
}
