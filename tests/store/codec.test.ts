import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Issue, IssueEvent } from '#domain/issue.ts';
import { cleaned, cleanJson, cleanText } from '#store/postgres/clean-text.ts';
import { decodeIssue, encodeIssue } from '#store/postgres/codec.ts';

const instant = fc.integer({ min: -8.64e15, max: 8.64e15 });

const event: fc.Arbitrary<IssueEvent> = fc.record(
  {
    at: instant,
    eventId: fc.string(),
    itemIndex: fc.nat(),
    field: fc.string(),
    from: fc.string(),
    to: fc.string(),
    fromName: fc.string(),
    toName: fc.string(),
    separator: fc.constantFrom(' ' as const, ',' as const),
    actor: fc.string(),
    origin: fc.constantFrom('recorded' as const, 'inferred' as const),
  },
  { requiredKeys: ['at', 'eventId', 'itemIndex', 'field', 'origin'] },
);

const value = fc.record({ value: fc.string(), name: fc.string() }, { requiredKeys: ['value'] });

const issue: fc.Arbitrary<Issue> = fc.record(
  {
    source: fc.constant('acme'),
    id: fc.string(),
    createdAt: instant,
    updatedAt: instant,
    creator: fc.string(),
    current: fc.record({
      scalars: fc.record({ key: value, status: value, project: value, dueDate: value }, { requiredKeys: [] }),
      sets: fc.record({ labels: fc.array(value), links: fc.array(value) }, { requiredKeys: [] }),
    }),
    events: fc.array(event),
  },
  { requiredKeys: ['source', 'id', 'createdAt', 'updatedAt', 'current', 'events'] },
);

describe('the stored form of an issue', () => {
  test('gives back every issue as it was', () => {
    fc.assert(
      fc.property(issue, (original) => {
        const stored = JSON.parse(JSON.stringify(encodeIssue(original))) as ReturnType<typeof encodeIssue>;
        // Through JSON, since −0 is 0 to a database.
        expect(decodeIssue('acme', stored)).toEqual(JSON.parse(JSON.stringify(original)));
      }),
    );
  });

  test('has the places of an event in the order the view names them', () => {
    const full: IssueEvent = {
      at: 1,
      origin: 'recorded',
      eventId: '2',
      itemIndex: 3,
      field: 'labels',
      from: '5',
      to: '6',
      fromName: '7',
      toName: '8',
      actor: '9',
      separator: ',',
    };
    expect(encodeIssue(withEvents([full])).events).toEqual([
      [1, 'r', '2', 3, 'labels', '5', '6', '7', '8', '9', ','],
    ]);
  });

  test('leaves out the empty places at the end of an event, and only those', () => {
    const set: IssueEvent = {
      at: 1,
      origin: 'inferred',
      eventId: '',
      itemIndex: 0,
      field: 'dueDate',
      to: '',
    };
    expect(encodeIssue(withEvents([set])).events).toEqual([[1, 'i', '', 0, 'dueDate', null, '']]);
  });
});

describe('text that PostgreSQL cannot keep', () => {
  test('is replaced by what stands for it on screen', () => {
    expect(cleanText('a\0b')).toBe('a␀b');
    expect(cleanText('half \ud83d of a pair')).toBe('half � of a pair');
    expect(cleanText('\ude00 the other half')).toBe('� the other half');
  });

  test('is replaced wherever it stands in a value', () => {
    expect(cleaned({ a: ['\0', { b: 'x\udfff' }], n: 1 })).toEqual({ a: ['␀', { b: 'x�' }], n: 1 });
    expect(cleanJson({ a: '\0' })).toBe('{"a":"␀"}');
  });

  test('does not take harmless text with it', () => {
    const harmless = { path: 'C:\\u0000\\ud800', smile: '😀', tab: '\t\u0001' };
    expect(cleaned(harmless)).toEqual(harmless);
    expect(JSON.parse(cleanJson(harmless))).toEqual(harmless);
  });

  test('is gone after one cleaning, whatever the text', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('\0', '\ud800', '\udc00', '\\', 'u0000', 'ud800', '"', 'a', '😀'),
    });
    fc.assert(
      fc.property(hostile, (text) => {
        const clean = cleaned({ text }).text;
        expect(clean).toBe(cleanText(text));
        expect(clean.isWellFormed() && !clean.includes('\0')).toBe(true);
        expect(JSON.parse(cleanJson({ text }))).toEqual({ text: clean });
      }),
    );
  });
});

function withEvents(events: readonly IssueEvent[]): Issue {
  return {
    source: 'acme',
    id: '1',
    createdAt: 0,
    updatedAt: 0,
    current: { scalars: {}, sets: {} },
    events,
  };
}
