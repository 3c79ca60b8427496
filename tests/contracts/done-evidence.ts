import { describe, expect, test } from 'vitest';
import type { EvidenceRecord, Store } from '#store/store.ts';
import { issue } from '#tests/builders/timeline.ts';

/** What a store promises of records of people and pipelines. `fresh` gives a name that no other test uses. */
export function doneEvidenceContract(open: () => Promise<Store>, fresh: () => string): void {
  describe('keeps what people and pipelines record', () => {
    test('and gives each back as it was, oldest first, with those of no source beside those of the one asked for', async () => {
      await using store = await open();
      const [source, other, team] = [fresh(), fresh(), fresh()];
      const later = deployment(fresh(), { source, at: 20, rework: true });
      const anywhere = deployment(fresh(), { at: 10 });
      const elsewhere = deployment(fresh(), { source: other, at: 5, rework: false });
      const verified = verification(fresh(), { source });
      const value = kpiValue(fresh(), { team, value: 1.5 });
      for (const record of [later, anywhere, elsewhere, verified, value, kpiValue(fresh())]) {
        expect(await store.recordEvidence(record)).toEqual({ outcome: 'recorded', recordedAt: 100 });
      }

      const all = await store.doneEvidence({ team, sources: [source] });
      const mine = all.deployments.filter(({ id }) => [later.id, anywhere.id, elsewhere.id].includes(id));
      expect(mine).toEqual([anywhere, later].map(bare));
      expect(all.verifications).toContainEqual(bare(verified));
      expect(all.kpiValues).toEqual([bare(value)]);
      const everything = await store.doneEvidence();
      expect(everything.deployments).toContainEqual(bare(elsewhere));
      expect(everything.kpiValues.length).toBeGreaterThan(1);
    });

    test.each([
      [deployment, { environment: 'staging' }],
      [deployment, { rework: false }],
      [verification, { outcome: 'failed' as const }],
      [kpiValue, { value: 3 }],
    ])(
      'once: the same again changes nothing, and another under its id is refused (%o)',
      async (make, change) => {
        await using store = await open();
        const id = fresh();
        const team = fresh();
        const first = make(id, { team });
        await store.recordEvidence(first);
        const again = { ...first, recordedAt: 200 };
        expect(await store.recordEvidence(again)).toEqual({ outcome: 'repeated', recordedAt: 100 });
        const changed = { ...first, ...change, recordedAt: 300 } as EvidenceRecord;
        expect(await store.recordEvidence(changed)).toEqual({ outcome: 'conflict', recordedAt: 100 });
        const { deployments, verifications, kpiValues } = await store.doneEvidence();
        const kept = [...deployments, ...verifications, ...kpiValues].filter((one) => one.id === id);
        expect(kept).toEqual([bare(first)]);
      },
    );

    test('of two at once that say different things under one id, one', async () => {
      await using store = await open();
      const id = fresh();
      const outcomes = await Promise.all(
        ['a', 'b', 'c'].map((environment) => store.recordEvidence(deployment(id, { environment }))),
      );
      expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['conflict', 'conflict', 'recorded']);
    });

    test('whatever characters a name holds', async () => {
      await using store = await open();
      const record = verification(fresh(), { by: 'A\0 \ud83d B' });
      expect(await store.recordEvidence(record)).toMatchObject({ outcome: 'recorded' });
      expect(await store.recordEvidence(record)).toMatchObject({ outcome: 'repeated' });
      const { verifications } = await store.doneEvidence();
      expect(verifications.find(({ id }) => id === record.id)?.by).toBe('A␀ � B');
    });

    test('and knows which of the issues it names there are, by key or id, capitals or not', async () => {
      await using store = await open();
      const source = fresh();
      await store.saveBatch(source, [issue('PAY-1', 'Done', { source })]);
      const known = await store.knownIssues(['pay-1', 'pay1', 'PAY-1', 'PAY-2'], source);
      expect([...known]).toEqual(['pay-1', 'pay1', 'PAY-1']);
      expect([...(await store.knownIssues(['PAY-1'], fresh()))]).toEqual([]);
      expect([...(await store.knownIssues(['PAY-1']))]).toEqual(['PAY-1']);
      expect([...(await store.knownIssues([]))]).toEqual([]);
    });
  });
}

interface Changes {
  readonly source?: string;
  readonly team?: string;
  readonly at?: number;
  readonly environment?: string;
  readonly rework?: boolean;
  readonly value?: number;
  readonly by?: string;
}

function deployment(id: string, { source, at = 1, environment = 'production', rework }: Changes = {}) {
  const record = {
    kind: 'deployment',
    id,
    issues: ['PAY-1', '10001'],
    environment,
    at,
    recordedAt: 100,
    ...(rework === undefined ? {} : { rework }),
  } as const;
  return source === undefined ? record : { ...record, source };
}

function verification(id: string, { source, by = 'Ada' }: Changes = {}) {
  const record = {
    kind: 'verification',
    id,
    issue: 'PAY-1',
    outcome: 'passed',
    by,
    at: 1,
    recordedAt: 100,
  } as const;
  return source === undefined ? record : { ...record, source };
}

function kpiValue(id: string, { team = 'payments', value = 2 }: Changes = {}) {
  return {
    kind: 'kpi_value',
    id,
    team,
    goal: 'checkout',
    kpi: 'migrated',
    value,
    at: 1,
    recordedAt: 100,
  } as const;
}

/** A record as it is read back: each kind has a place of its own. */
function bare({ kind: _kind, ...record }: EvidenceRecord) {
  return record;
}
