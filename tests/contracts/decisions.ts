import { describe, expect, test } from 'vitest';
import type { Escalation } from '#domain/decision.ts';
import type { Store } from '#store/store.ts';
import { decision, told } from '#tests/builders/decision.ts';
import { day } from '#tests/builders/goal.ts';

/** What a store promises of escalations and decisions. `fresh` gives a name that no other test uses. */
export function decisionsContract(open: () => Promise<Store>, fresh: () => string): void {
  describe('keeps what was put before leadership, and what it decided', () => {
    test('and gives each back as it was, of one team, oldest first', async () => {
      await using store = await open();
      const team = fresh();
      const [later, first] = [
        escalation(fresh(), { team, note: 'before the review', recordedAt: 20 }),
        escalation(fresh(), { team, told: told({ dP: 'unknown' }), recordedAt: 10 }),
      ];
      const { goal: _goal, ...withoutGoal } = told({ weeks: [1.5, 20] });
      const third = escalation(fresh(), { team, told: withoutGoal, recordedAt: 30 });
      for (const one of [later, first, third, escalation(fresh(), { team: fresh() })]) {
        expect(await store.recordEscalation(one)).toEqual({ outcome: 'recorded', stands: one });
      }
      expect(await store.escalations(team)).toEqual([first, later, third]);
      expect(await store.escalation(later.id)).toEqual(later);
      expect(await store.escalation(fresh())).toBeUndefined();

      const accepted = decision({ team, escalation: later.id, note: 'until the hire', recordedAt: 40 });
      const { statement: _statement, ...rest } = decision({
        team,
        escalation: first.id,
        decision: 'address',
      });
      const addressed = { ...rest, recordedAt: 30 };
      for (const one of [accepted, addressed]) {
        expect(await store.recordDecision(one)).toEqual({ outcome: 'recorded', stands: one });
      }
      expect(await store.decisions(team)).toEqual([addressed, accepted]);
      expect(await store.decisions(fresh())).toEqual([]);
    });

    test('once: an escalation told again stands as it was, whatever its numbers are by then', async () => {
      await using store = await open();
      const first = escalation(fresh(), { note: 'once' });
      await store.recordEscalation(first);
      const again = { ...first, told: told({ dP: [0.4, 0.5] }), recordedAt: 200 };
      expect(await store.recordEscalation(again)).toEqual({ outcome: 'repeated', stands: first });
      const other = { ...first, risk: 'payments/silence' };
      expect(await store.recordEscalation(other)).toEqual({ outcome: 'conflict', stands: first });
    });

    test.each([{ until: day('2026-03-21') }, { by: 'Grace' }, { note: 'on second thoughts' }])(
      'once: what was decided is decided (%o)',
      async (change) => {
        await using store = await open();
        const { id, team } = (await store.recordEscalation(escalation(fresh(), { team: fresh() }))).stands;
        const first = decision({ team, escalation: id });
        await store.recordDecision(first);
        const again = { ...first, told: told({ dP: [0.4, 0.5] }), recordedAt: first.recordedAt + 1 };
        expect(await store.recordDecision(again)).toEqual({ outcome: 'repeated', stands: first });
        const { statement: _statement, ...rest } = first;
        for (const other of [
          { ...first, ...change },
          { ...rest, decision: 'address' as const },
        ]) {
          expect(await store.recordDecision(other)).toEqual({ outcome: 'conflict', stands: first });
        }
        expect(await store.decisions(team)).toEqual([first]);
      },
    );

    test('of two decisions at once, one', async () => {
      await using store = await open();
      const { id, team } = (await store.recordEscalation(escalation(fresh(), { team: fresh() }))).stands;
      const kept = await Promise.all(
        ['a', 'b', 'c'].map((by) => store.recordDecision(decision({ team, escalation: id, by }))),
      );
      expect(kept.map(({ outcome }) => outcome).toSorted()).toEqual(['conflict', 'conflict', 'recorded']);
      expect(new Set(kept.map(({ stands }) => stands.by)).size).toBe(1);
    });

    test('whatever characters a name holds', async () => {
      await using store = await open();
      const { id, team } = (await store.recordEscalation(escalation(fresh(), { team: fresh() }))).stands;
      const odd = decision({ team, escalation: id, by: 'A\0 \ud83d B' });
      expect(await store.recordDecision(odd)).toMatchObject({ outcome: 'recorded' });
      expect(await store.recordDecision(odd)).toMatchObject({ outcome: 'repeated' });
      expect((await store.decisions(team)).map(({ by }) => by)).toEqual(['A␀ � B']);
    });
  });
}

function escalation(id: string, changes: Partial<Escalation> = {}): Escalation {
  return { id, team: 'payments', risk: 'payments/support_load', told: told(), recordedAt: 100, ...changes };
}
