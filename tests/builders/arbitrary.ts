import * as fc from 'fast-check';
import type { Instant, Issue, IssueEvent, NamedValue, ScalarField } from '#domain/issue.ts';
import { withTimeline } from '#domain/whole-timeline.ts';
import { frozen } from './frozen.ts';
import { STATUSES, slug } from './vocabulary.ts';

/** A life of an issue, from which its copy as of any moment can be made. */
export interface Life {
  readonly id: string;
  readonly createdAt: Instant;
  readonly changes: readonly Planned[];
}

const SETS = ['labels', 'versions', 'components', 'cycles', 'links'] as const;
const SOMETIMES = [
  ...(['assignee', 'resolution', 'parent', 'type', 'title', 'dueDate', 'flagged'] as const),
  ...SETS,
] as const;

const isSet = (field: Planned['field']): field is (typeof SETS)[number] => SETS.some((set) => set === field);

interface Planned {
  readonly after: number;
  readonly field: (typeof SOMETIMES)[number] | 'status';
  readonly pick: number;
  /** In the order in which a tracker hands it out, this change comes early or late. */
  readonly shuffle: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
export const BIRTH = Date.UTC(2025, 6, 7);
export const LIFETIME = 240 * DAY;

const named = (name: string): NamedValue => ({ value: slug(name), name });
const again = (name: string) => Array.from({ length: 4 }, () => named(name));
const VALUES: Readonly<Record<string, readonly (NamedValue | undefined)[]>> = {
  // Often enough work and an end to it; one status has been deleted since.
  status: [
    ...STATUSES.map(({ name }) => named(name)),
    named('Verifying'),
    ...again('In Progress'),
    ...again('Done'),
    named('Cancelled'),
    named('Cancelled'),
  ],
  assignee: [undefined, { value: 'p1' }, { value: 'p2' }, { value: 'p3' }, { value: 'p4' }],
  resolution: [undefined, named('Done'), named("Won't Do")],
  parent: [undefined, { value: 'i1', name: 'PAY-1' }, { value: 'i2', name: 'PAY-2' }],
  type: [named('Story'), named('Bug'), named('Story'), named('Bug'), named('Sub-task'), named('Epic')],
  title: [{ value: 'one' }, { value: 'two' }],
  dueDate: [undefined, { value: '2025-09-01' }, { value: '2025-10-15' }, { value: '2026-01-20' }],
  flagged: [undefined, { value: '[10019]', name: 'Impediment' }],
};
const MEMBERS: Readonly<Record<(typeof SETS)[number], readonly string[]>> = {
  labels: ['x', 'y', 'z'],
  versions: ['x', 'y', 'z'],
  components: ['api', 'web', 'app'],
  cycles: ['s0', 's1', 's2', 's3', 's4', 's5', 's6', 's7'],
  links: ['PAY-1', 'PAY-2', 'PAY-3'],
};

/** Lives with scalar and set changes, moves in any direction, changes in one instant and slips of the mouse. */
export function arbitraryLife(id: number): fc.Arbitrary<Life> {
  const gap = fc.oneof(
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 10 * MINUTE }) },
    { weight: 5, arbitrary: fc.integer({ min: DAY / 4, max: 25 * DAY }) },
  );
  const field = fc.constantFrom<Planned['field']>(
    ...Array.from({ length: 20 }, () => 'status' as const),
    ...SOMETIMES,
  );
  return fc.record({
    id: fc.constant(`i${id}`),
    createdAt: fc.integer({ min: 0, max: 200 }).map((days) => BIRTH + days * DAY + 9 * 60 * MINUTE),
    changes: fc.array(fc.record({ after: gap, field, pick: fc.noBias(fc.nat(9999)), shuffle: fc.nat(99) }), {
      maxLength: 12,
      size: 'max',
    }),
  });
}

/** So many lives beside each other. */
export function livesOf(count: number): fc.Arbitrary<readonly Life[]> {
  return fc.tuple(...Array.from({ length: count }, (_, i) => arbitraryLife(i + 1)));
}

export const arbitraryLives = fc.constantFrom(0, 1, 5, 40).chain(livesOf);

/** The copy a tracker would hand out at a moment: changes before it, and the values they led to. */
export function copyAt(life: Life, moment: Instant): Issue | undefined {
  if (life.createdAt >= moment) return undefined;
  const scalars: Partial<Record<ScalarField, NamedValue>> = {
    key: { value: `PAY-${life.id.slice(1)}` },
    title: { value: 'one' },
    project: { value: 'pay', name: 'PAY' },
    type: named('Story'),
    status: named('To Do'),
  };
  const sets: Record<(typeof SETS)[number], readonly string[]> = {
    labels: ['y'],
    versions: [],
    components: ['api'],
    cycles: [],
    links: [],
  };
  const recorded: { readonly event: IssueEvent; readonly shuffle: number }[] = [];
  let at = life.createdAt;
  life.changes.forEach(({ after, field, pick, shuffle }, i) => {
    at += after;
    if (at >= moment) return;
    const base = {
      at,
      eventId: String(1000 + i),
      itemIndex: 0,
      field,
      origin: 'recorded',
      actor: `a${pick % 2}`,
    } as const;
    const record = (change: Partial<IssueEvent>) => recorded.push({ event: { ...base, ...change }, shuffle });
    if (isSet(field)) {
      const member = MEMBERS[field][pick % MEMBERS[field].length] ?? '';
      const before = sets[field];
      const adds = !before.includes(member);
      sets[field] = adds ? [...before, member] : before.filter((one) => one !== member);
      const separator = field === 'labels' ? ' ' : field === 'cycles' ? ',' : undefined;
      const sentence = field === 'links' ? `This issue is blocked by ${member}` : undefined;
      if (separator !== undefined) {
        record({ from: before.join(separator), to: sets[field].join(separator), separator });
      } else if (adds) record({ to: member, ...(sentence === undefined ? {} : { toName: sentence }) });
      else record({ from: member, ...(sentence === undefined ? {} : { fromName: sentence }) });
      return;
    }
    const choices = VALUES[field] ?? [];
    const [from, to] = [scalars[field], choices[pick % choices.length]];
    if (from?.value === to?.value) return;
    record({
      ...(from === undefined
        ? {}
        : { from: from.value, ...(from.name === undefined ? {} : { fromName: from.name }) }),
      ...(to === undefined ? {} : { to: to.value, ...(to.name === undefined ? {} : { toName: to.name }) }),
    });
    if (to === undefined) delete scalars[field];
    else scalars[field] = to;
  });
  const events = recorded.toSorted((a, b) => a.shuffle - b.shuffle).map(({ event }) => event);
  return frozen(
    withTimeline(
      {
        source: 'acme',
        id: life.id,
        createdAt: life.createdAt,
        updatedAt: Math.max(life.createdAt, ...events.map((event) => event.at)),
        current: {
          scalars,
          sets: Object.fromEntries(SETS.map((set) => [set, sets[set].map((value) => ({ value }))])),
        },
      },
      events,
    ),
  );
}
