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

    test('until they are to be forgotten: those of one source, of issues that are gone, and of projects', async () => {
      await using store = await open();
      const [source, other] = [freshSource(), freshSource()];
      for (const of of [source, other]) {
        const [epic, lost] = ['PAY-1', 'PAY-2'].map((key) =>
          issue(key, 'Backlog', { source: of, type: 'Epic' }),
        );
        if (epic === undefined || lost === undefined) throw new RangeError('two epics');
        const claims = [
          { commentId: 'c', at: 5, phrase: 'nearly_done', url: 'https://acme.example/c' } as const,
        ];
        await store.saveBatch(of, [
          { ...epic, texts: [first], claims },
          { ...lost, texts: [second], claims },
        ]);
        await store.markGone(of, new Map([[lost.id, 'deleted']]), 9_000);
        const { reference } = history([], { source: of });
        const projects = [
          { id: '1', key: 'checkout', name: 'Checkout', texts: [first] },
          { id: '2', key: 'ops', name: 'Operations' },
        ];
        await store.saveReference({ ...reference, projects }, 5_000);
      }
      const kept = async (of: string) => {
        const issues = await store.readIssues(of);
        return {
          texts: issues.filter(({ texts }) => texts !== undefined).length,
          claims: issues.filter(({ claims }) => claims !== undefined).length,
          projects: (await store.readReference(of))?.projects.map(({ key, texts }) => [key, texts?.length]),
        };
      };
      await store.forgetTexts(source, 'goals');
      const without = [
        ['checkout', undefined],
        ['ops', undefined],
      ];
      expect(await kept(source)).toEqual({ texts: 0, claims: 2, projects: without });
      await store.forgetTexts(source, 'claims');
      // And again, which changes nothing.
      await store.forgetTexts(source, 'goals');
      expect(await kept(source)).toEqual({ texts: 0, claims: 0, projects: without });
      const whole = [
        ['checkout', 1],
        ['ops', undefined],
      ];
      expect(await kept(other)).toEqual({ texts: 2, claims: 2, projects: whole });
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
