import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { teamReportHtml } from '#views/html/team-page.ts';
import { hostileTitle } from './hostile.ts';
import { busyReport, emptyReport, newTeamReport, retitled } from './reports.ts';

const busy = busyReport();
const pages = {
  busy: teamReportHtml(busy),
  new: teamReportHtml(newTeamReport()),
  empty: teamReportHtml(emptyReport()),
};

describe.each(Object.entries(pages))('the page of a %s team', (_, page) => {
  test('is a whole document with a language, a title and one first heading', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).toContain('<title>Payments: team report</title>');
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page.trimEnd().endsWith('</html>')).toBe(true);
  });

  test('answers in the order in which people ask', () => {
    expect([...page.matchAll(/<h2 id="[^"]+">([^<]+)</g)].map(([, title]) => title)).toEqual([
      'What holds it back',
      expect.stringMatching(/^What changed since /),
      'How it flows',
      'Basically done',
      'Can it be relied on',
      'What will happen',
      'What was promised, and what it waits for',
      'Where the effort goes',
      'What takes capacity',
      'How sure we are',
    ]);
    expect(page.indexOf('class="sentence"')).toBeLessThan(page.indexOf('<h2'));
  });

  test('closes every element it opens', () => {
    const tags = [...page.replace(/<style>[^]*?<\/style>/, '').matchAll(/<(\/?)([a-z0-9]+)[^>]*?(\/?)>/g)];
    const open: string[] = [];
    const closed: [string | undefined, string][] = [];
    for (const [, closes, name = '', alone] of tags) {
      if (alone || name === 'meta') continue;
      if (closes) closed.push([open.pop(), name]);
      else open.push(name);
    }
    expect(open).toEqual([]);
    expect(closed.filter(([opened, name]) => opened !== name)).toEqual([]);
    expect(tags.length).toBeGreaterThan(100);
  });

  test('needs no script, no style of its own on an element, nothing from elsewhere', () => {
    expect(page).not.toMatch(/<script|\sstyle=|\son\w+=|<link|<img|src=/);
  });

  test('shows no value that is none', () => {
    expect(textOf(page)).not.toMatch(/NaN|undefined|null|Infinity|\[object/);
  });

  test('tells no reader a code word', () => {
    expect(textOf(page).match(/\b[a-z]+_[a-z_]+\b|\b[a-z]+[A-Z]\w*/g)).toBeNull();
  });

  test('opens every number it shows to how it was counted', () => {
    const numbers = page.match(/<tr><th scope="row">/g)?.length ?? 0;
    expect(numbers).toBeGreaterThan(25);
    expect(page.match(/<summary>how it is counted<\/summary>/g)).toHaveLength(numbers);
  });

  test('names every table', () => {
    expect(page.match(/<caption>/g)).toHaveLength(page.match(/<table/g)?.length ?? 0);
  });
});

test('the first sentence comes with its level as a word and a shape, the rule, the date and the zone', () => {
  const text = textOf(pages.busy);
  expect(text).toContain(busy.headline.sentence);
  expect(pages.busy).toMatch(/<p class="level"><svg [^>]+aria-hidden="true">.*<strong>Not known<\/strong>/);
  expect(text).toContain('rule 1: no committed dated goal');
  expect(pages.busy).toContain(
    '<time datetime="2026-01-23">As of the end of Fri 23 January 2026, Europe/Stockholm</time>',
  );
});

test('a number stands with its unit, its interval and how many observations it rests on', () => {
  const { p50 } = busy.metrics.cycleTime;
  expect(p50).toMatchObject({ value: 9, interval90: [7, 10], n: 89 });
  expect(pages.busy).toContain('<span class="nowrap">9 days</span><span class="quiet">7 to 10, n 89</span>');
});

test('a number that may not be told says how much there is and how much is needed', () => {
  expect(textOf(pages.new)).toContain('not enough data: 0 finished items with a recorded start, 19 needed');
  expect(textOf(pages.new)).toContain('Told from 19 finished items with a recorded start on; there are 0.');
});

test('the ledger is grouped by what is missing, and says what is missing and whose move it is', () => {
  const text = textOf(pages.busy);
  expect(text).toContain('Waiting to be called done: 7 items, the oldest claim first');
  expect(text).toContain('Waiting for a release: 1 item, the oldest claim first');
  expect(rowOf(pages.busy, 'PAY-404')).toMatch(
    /Sat 8 November 2025.*77 days.*Resolved in a version that is not released \(a guess\).*Released \(a released version\).*The team/,
  );
});

test('long lists show the first lines and fold the rest away, losing none', () => {
  const { weeks } = busy.metrics.throughput;
  const [shown = '', folded = ''] = pages.busy.split(
    `<details><summary>${weeks.length - 12} more weeks</summary>`,
  );
  for (const { from } of weeks.slice(-12)) expect(shown).toContain(`<time datetime="${from}">`);
  for (const { from } of weeks.slice(0, -12)) expect(folded).toContain(`<time datetime="${from}">`);
  expect(pages.busy).toContain(`<summary>${busy.metrics.cycleTime.items.length} finished items</summary>`);
});

test('a bar is as long as its part of the largest count', () => {
  const { weeks } = busy.metrics.throughput;
  // The fullest week has 5 items, so the last one, with 3, fills 60 of 100.
  expect(Math.max(...weeks.map(({ count }) => count))).toBe(5);
  expect(weeks.at(-1)).toMatchObject({ from: '2026-01-12', count: 3 });
  expect(pages.busy).toMatch(/2026-01-12(?:(?!<\/tr>).)*<rect width="60" height="12"\/>/s);
});

test('every status is shown with the stage it was placed in and why', () => {
  expect(rowOf(pages.busy, '<span>Verifying</span>', 'Because of')).toMatch(
    /Verifying.*acme.*Late.*Its name alone: the tracker no longer knows it.*A guess/,
  );
});

test('a server adds the way back, other formats and the age of the data; a mailed page has none of them', () => {
  const served = teamReportHtml(busy, {
    teamsHref: '/',
    formats: [{ label: 'JSON', href: '/api/v1/teams/payments/report' }],
    freshness: 'Data read 3 minutes ago.',
  });
  expect(served).toContain('<a href="/">All teams</a>');
  expect(served).toContain('<a href="/api/v1/teams/payments/report">JSON</a>');
  expect(served).toContain('Data read 3 minutes ago.');
  expect(pages.busy).not.toContain('<header>');
});

test('an item links to its tracker only over http and https', () => {
  const item = { ...busy.metrics.workItemAge.items[0], url: 'javascript:alert(1)//browse/PAY-1' };
  const { metrics } = busy;
  const report = {
    ...busy,
    metrics: {
      ...metrics,
      workItemAge: { ...metrics.workItemAge, items: [{ ...metrics.workItemAge.items[0], ...item }] },
    },
  } as typeof busy;
  expect(teamReportHtml(report)).not.toContain('javascript:');
  expect(
    [...pages.busy.matchAll(/href="([^"#]+)/g)].every(([, href]) =>
      href?.startsWith('https://acme.example/'),
    ),
  ).toBe(true);
});

test('no title gets out of its place: the page has the same markup whatever the titles say', () => {
  const plain = markupOf(teamReportHtml(retitled(busy, 'x')));
  fc.assert(
    fc.property(hostileTitle, (title) => {
      const page = teamReportHtml(retitled(busy, title));
      expect(markupOf(page)).toEqual(plain);
      expect(textOf(page)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }),
    {
      numRuns: 25,
      examples: [['<img src=x onerror=alert(1)>'], ['" onmouseover="alert(1)'], ['</style><script>']],
    },
  );
});

function markupOf(page: string): readonly string[] {
  return page.match(/<[^>]*>/g) ?? [];
}

function textOf(page: string): string {
  return page
    .replace(/<style>[^]*?<\/style>/, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll(/ {2,}/g, ' ');
}

/** The text of the first row that holds a text, of the table with a column when one is given. */
function rowOf(page: string, holding: string, column?: string): string {
  const tables = page
    .split('<table')
    .filter((table) => column === undefined || table.includes(`>${column}<`));
  const rows = tables.flatMap((table) => table.split('<tr>')).filter((row) => row.includes(holding));
  const ledger = column === undefined ? rows.find((row) => row.includes('Whose move')) : rows[0];
  return textOf(ledger ?? '');
}
