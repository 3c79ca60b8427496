import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scalarIntervals } from '#domain/field-values.ts';
import type { Issue, IssueEvent } from '#domain/issue.ts';
import { digestOf } from '#store/digest.ts';
import type { AcceptedDelivery, Store } from '#store/store.ts';
import { issue } from '#tests/builders/timeline.ts';
import { type TemporaryDatabase, temporaryDatabase } from '#tests/support/temporary-store.ts';

let database: TemporaryDatabase;
let store: Store;
beforeAll(async () => {
  database = await temporaryDatabase();
  store = await database.open();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const NOW = Date.UTC(2026, 0, 5);
const delivery = (marks: readonly string[], more: Partial<AcceptedDelivery> = {}): AcceptedDelivery => ({
  source: 'labs',
  marks: marks.map((mark) => mark),
  now: NOW,
  rememberUntil: NOW + 1000,
  told: new Map(),
  ...more,
});
const noWork = async () => {};

test('a delivery is taken once, also by another process, and also under another of its marks', async () => {
  const [id, bytes] = [randomUUID(), randomUUID()];
  await using other = await database.open();
  expect(await store.acceptDelivery(delivery([id, bytes]), noWork)).toBe(true);
  let worked = 0;
  const work = async () => {
    worked += 1;
  };
  expect(await other.acceptDelivery(delivery([id, bytes]), work)).toBe(false);
  expect(await other.acceptDelivery(delivery([id, randomUUID()]), work)).toBe(false);
  expect(await other.acceptDelivery(delivery([randomUUID(), bytes]), work)).toBe(false);
  expect(worked).toBe(0);
  expect(await other.acceptDelivery(delivery([id, bytes], { source: 'acme' }), work)).toBe(true);
});

test('of many that come at once, one is taken', async () => {
  const marks = [randomUUID(), randomUUID()];
  await using other = await database.open();
  const taken = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      (i % 2 === 0 ? store : other).acceptDelivery(
        delivery(i % 3 === 0 ? marks : marks.toReversed()),
        noWork,
      ),
    ),
  );
  expect(taken.filter(Boolean)).toHaveLength(1);
});

test('one whose work failed may come again, and the failure is not taken for one of the database', async () => {
  const marks = [randomUUID()];
  const failing = store.acceptDelivery(delivery(marks), async () => {
    throw new RangeError('no queue');
  });
  await expect(failing).rejects.toThrow(new RangeError('no queue'));
  expect(await store.acceptDelivery(delivery(marks), noWork)).toBe(true);
});

test('one is forgotten when it could not be believed any more anyway', async () => {
  const marks = [randomUUID()];
  const later = { now: NOW + 2000, rememberUntil: NOW + 3000 };
  expect(await store.acceptDelivery(delivery(marks), noWork)).toBe(true);
  expect(await store.acceptDelivery(delivery(marks, later), noWork)).toBe(true);
});

const told = (one: Issue): ReadonlyMap<string, readonly IssueEvent[]> =>
  new Map([
    [
      one.id,
      [
        {
          at: one.createdAt + 60_000,
          eventId: 'webhook:1',
          itemIndex: 0,
          field: 'status',
          from: 'triage',
          to: 'in-progress',
          origin: 'inferred',
        },
      ],
    ],
  ]);

const begun = async (source: string) =>
  (await store.readIssues(source)).map((one) => scalarIntervals(one, 'status')[0]?.value?.value);

test('what was told is in the issue whether it was read before or after, twice or anew, and the digest stays', async () => {
  const plain = (source: string) => issue('ENG-1', 'In Progress 5d → Done', { source });
  const [before, after, never] = ['told-before', 'told-after', 'told-never'];
  await store.acceptDelivery(delivery([randomUUID()], { source: before, told: told(plain(before)) }), noWork);
  await store.saveBatch(before, [plain(before)]);
  await store.saveBatch(after, [plain(after)]);
  expect(await begun(after)).toEqual(['in-progress']);
  await store.acceptDelivery(delivery([randomUUID()], { source: after, told: told(plain(after)) }), noWork);
  await store.saveBatch(after, [plain(after)], { seenAt: NOW });
  await store.saveBatch(never, [plain(never)]);
  for (const source of [before, after]) {
    await store.saveBatch(source, [plain(source)]);
    expect(await begun(source)).toEqual(['triage']);
    expect(await digestOf(store.digestLines(source))).toBe(await digestOf(store.digestLines(never)));
  }
  await store.forgetSource(before);
  await store.saveBatch(before, [plain(before)]);
  expect(await begun(before)).toEqual(['in-progress']);
});
