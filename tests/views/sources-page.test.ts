import { describe, expect, test } from 'vitest';
import type { SourceStatus } from '#views/content/source.ts';
import { sourcesPageHtml } from '#views/html/sources-page.ts';

const NOW = Date.UTC(2026, 2, 20, 17, 30);

const quiet: SourceStatus = {
  id: 'acme',
  kind: 'linear',
  address: 'https://api.linear.app/graphql',
  completeAsOf: '2026-03-20T17:00:00.000Z',
  finishedAt: '2026-03-20T17:10:00.000Z',
  webhooks: true,
  issues: 1_234,
  gone: 0,
  census: { at: '2026-03-20T02:00:00.000Z', gone: 0 },
  walks: [],
  limits: { allowances: [], spent: [], pauses: [] },
};

const textOf = (...sources: readonly SourceStatus[]) =>
  sourcesPageHtml(sources, NOW, 'Europe/Berlin')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('the page of the sources', () => {
  test.each([
    ['none', [], 'No source is configured yet.'],
    ['one that is well', [quiet], 'The source is read.'],
    ['several that are well', [quiet, { ...quiet, id: 'labs' }], 'All 2 sources are read.'],
    [
      'one that failed',
      [quiet, { ...quiet, id: 'labs', lastError: 'No.' }],
      '1 of 2 sources needs attention: labs.',
    ],
    ['one whose token ends', [{ ...quiet, expiresSoon: true }], '1 of 1 source needs attention: acme.'],
  ])('begins with what is to be done: %s', (_, sources, said) => {
    expect(textOf(...sources)).toContain(said);
  });

  test('tells times in the zone of the organisation', () => {
    // An hour ahead of UTC in March.
    expect(textOf(quiet)).toContain('20 minutes ago, Fri 20 March 2026, 18:10 CET');
  });

  test('tells how many histories were held against the tracker’s other record, where it keeps one', () => {
    expect(textOf(quiet)).not.toContain('Histories');
    expect(textOf({ ...quiet, crossChecked: { checked: 1_000, contradicted: 0 } })).toContain(
      'Histories 1,000 of 1,234 issues checked: all agree with its second record of statuses',
    );
    expect(textOf({ ...quiet, crossChecked: { checked: 1_000, contradicted: 2 } })).toContain(
      'second record of statuses contradicts the history of 2',
    );
  });

  test('says what is not known instead of a number', () => {
    const text = textOf({ ...quiet, census: undefined, completeAsOf: undefined, finishedAt: undefined });
    expect(text).toContain('Last read completely never');
    expect(text).toContain('Last census none yet');
    expect(text).toContain('Token expires not known');
    expect(text).toContain('It was not asked for anything yet');
    expect(text).not.toMatch(/undefined|null|NaN/);
  });

  test('tells a reading under way from one that is over, and of limits that are only announced', () => {
    const text = textOf({
      ...quiet,
      walks: [{ done: true }, { done: false }, { done: false }],
      limits: {
        allowances: [
          {
            resource: 'points-announced',
            limit: 65_000,
            remaining: 11_000,
            resetsAt: '2026-03-20T18:00:00.000Z',
            announced: true,
          },
        ],
        spent: [{ resource: 'points-announced', amount: 0, since: '2026-03-19T00:00:00.000Z' }],
        pauses: [{ endpoint: 'GET /rest/api/3/field', until: '2026-03-20T17:31:00.000Z' }],
      },
    });
    expect(text).toContain('under way or interrupted: 1 of 3 parts done');
    expect(text).toContain('Points-announced, not enforced yet not counted – 11,000 of 65,000');
    expect(text).toContain('GET /rest/api/3/field is left alone until Fri 20 March 2026, 18:31 CET');
  });

  test('follows no address but one of the web', () => {
    const page = sourcesPageHtml([{ ...quiet, id: '"><b>', address: 'javascript:alert(1)' }], NOW, 'UTC');
    expect(page).not.toContain('href="javascript');
    expect(page).not.toContain('<b>');
  });
});
