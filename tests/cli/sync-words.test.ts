import { describe, expect, test } from 'vitest';
import { describeCensus, describeSweep, describeSync, describeUnreadBoards } from '#cli/sync.ts';
import type { CensusResult } from '#pipeline/reconcile-source.ts';
import type { SyncResult } from '#pipeline/sync-source.ts';
import { history } from '#tests/builders/team.ts';
import { issue } from '#tests/builders/timeline.ts';

const sync: SyncResult = {
  source: 'acme',
  how: 'followed',
  issues: 3,
  stored: 1_204,
  referenceRequests: 0,
  issueRequests: 2,
  spend: { requests: 2, retries: 1, waitedMs: 0, bytes: 0 },
  completeAsOf: Date.parse('2026-03-02T09:00Z'),
  hasNews: true,
  resumed: false,
};
const census: CensusResult = {
  source: 'acme',
  at: sync.completeAsOf,
  held: 1_204,
  shown: 1_204,
  found: 0,
  edited: 0,
  overlooked: 0,
  rekeyed: 0,
  gone: new Map(),
  contradicted: 0,
  requests: 3,
  sync,
};

describe('one line tells', () => {
  test('what changed, and what reading it cost', () => {
    expect(describeSync(sync)).toBe(
      'acme: complete up to 2026-03-02T09:00:00.000Z; 3 changed issues read, 1,204 stored; ' +
        'requests: 0 for reference data, 2 for issues and histories (1 of all were retries)',
    );
  });

  test('whether a sprint or a version moved', () => {
    expect(describeSweep('acme', { requests: 4, hasNews: true })).toBe(
      'acme: sprints and versions read again; some moved; requests: 4',
    );
    expect(describeSweep('acme', { requests: 4, hasNews: false })).toContain('none moved');
  });

  test('that a census found nothing', () => {
    expect(describeCensus(census)).toBe('acme: census of 1,204 issues; none is gone; requests: 3');
  });

  test('what a census found', () => {
    const gone = new Map([
      ['deleted', 2],
      ['access_lost', 1_000],
    ] as const);
    expect(describeCensus({ ...census, gone, found: 4, edited: 2, rekeyed: 7, contradicted: 1 })).toBe(
      'acme: census of 1,204 issues; gone: 2 deleted, 1,000 out of our sight; 4 found that had not changed; ' +
        '2 edited while they were out of sight; 7 have other keys now; 1 with statuses their history does not tell; requests: 3',
    );
  });
});

test('projects whose boards are kept from us are named by key, and nothing is said where there are none', () => {
  const { reference } = history([issue('PAY-1', 'To Do')]);
  expect(describeUnreadBoards('acme', { ...reference, boardsUnread: ['pay', '99'] })).toBe(
    'acme: the boards of PAY, 99 are kept from the user of this token; everything else was read.',
  );
  expect(describeUnreadBoards('acme', reference)).toBeUndefined();
  expect(describeUnreadBoards('acme', undefined)).toBeUndefined();
});
