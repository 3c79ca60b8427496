import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { teamReportMarkdown } from '#views/markdown.ts';
import { markdownLink, markdownText } from '#views/markdown-text.ts';
import { hostileTitle } from './hostile.ts';
import { busyReport, emptyReport, newTeamReport, retitled } from './reports.ts';

const busy = busyReport();
const documents = {
  busy: teamReportMarkdown(busy),
  new: teamReportMarkdown(newTeamReport()),
  empty: teamReportMarkdown(emptyReport()),
};

describe.each(Object.entries(documents))('the Markdown of a %s team', (_, document) => {
  test('begins with the team and its sentence, then answers in order', () => {
    expect(document).toMatch(/^# Payments\n\n\*\*.+\*\*\n\n/);
    expect([...document.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
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
      'How each number is counted',
    ]);
  });

  test('has tables of even rows', () => {
    const widths = rowWidths(document);
    expect(widths.length).toBeGreaterThan(8);
    expect(widths.filter((some) => some.size !== 1)).toEqual([]);
  });

  test('shows no value that is none, and no code word', () => {
    expect(document).not.toMatch(/NaN|undefined|null|Infinity|\[object/);
    expect(document.replaceAll(/\]\([^)]*\)/g, '').match(/[a-z]+\\?_[a-z]+/g)).toBeNull();
  });
});

test('the same sentence stands on every format', () => {
  expect(documents.busy).toContain(`**${busy.headline.sentence}**`);
});

test('a number stands with its interval and its sample', () => {
  expect(documents.busy).toContain('| Finished in a week | 3.4 items a week | 2.8 to 4 | 26 |');
  expect(documents.new).toContain(
    '| Finished in a week | not enough data: 0 complete weeks, 6 needed |  |  |',
  );
});

test('a cut list says how many lines are missing and where they are', () => {
  expect(documents.busy).toContain('14 more weeks: see the page or the JSON.');
});

test('numbers that were counted alike share a line', () => {
  expect(documents.busy).toContain(
    '- Half of the items finish within (open items counted too); 85 % finish within (open items counted too): Items still open count',
  );
});

test('items link to their tracker', () => {
  expect(documents.busy).toContain('[PAY-404](https://acme.example/browse/PAY-404) Title of PAY-404');
});

test('no title gets out of its cell', () => {
  const lines = documents.busy.split('\n').length;
  fc.assert(
    fc.property(hostileTitle, (title) => {
      const document = teamReportMarkdown(retitled(busy, title));
      expect(document.split('\n')).toHaveLength(lines);
      expect(rowWidths(document).filter((some) => some.size !== 1)).toEqual([]);
      expect(document).not.toMatch(/[<>]/);
      expect(document.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      for (const [, target] of unescaped(document).matchAll(/\]\(([^)]*)\)/g)) {
        expect(target).toMatch(/^https:\/\/acme\.example\/browse\/PAY-\d+$/);
      }
      expect(unescaped(document)).not.toMatch(/!\[|`|~/);
    }),
    {
      numRuns: 25,
      examples: [['](javascript:alert(1))'], ['a | b'], ['\\|'], ['\\'], ['`'], ['\n# x'], ['<img>']],
    },
  );
});

test('text is escaped so that Markdown shows it as it is', () => {
  expect(markdownText('a|b <img> [x](y) *z* `c` d\\e\nf & g')).toBe(
    'a&#124;b &lt;img&gt; \\[x\\](y) \\*z\\* \\`c\\` d\\\\e f &amp; g',
  );
});

test('an address within a text is text', () => {
  expect(markdownText('see https://evil.example or WWW.evil.example')).toBe(
    'see https&#58;//evil.example or WWW&#46;evil.example',
  );
});

test('an address that is none for a browser gives bare text', () => {
  expect(markdownLink('PAY-1', 'javascript:alert(1)')).toBe('PAY-1');
  expect(markdownLink('PAY-1', '/browse/PAY-1')).toBe('PAY-1');
});

test('an address cannot end its own link or its cell', () => {
  expect(markdownLink('A', 'https://acme.example/browse/A)|[x](y')).toBe(
    '[A](https://acme.example/browse/A%29%7c%5bx%5d%28y)',
  );
});

/** What is left once everything that a backslash makes harmless is gone. */
function unescaped(document: string): string {
  return document.replaceAll(/\\[^\w\s]/g, '');
}

/** For each table, the numbers of cells that its rows have: one number where the table is whole. */
function rowWidths(document: string): readonly ReadonlySet<number>[] {
  const tables = unescaped(document).match(/(?:^\|.*\n)+/gm) ?? [];
  return tables.map(
    (table) =>
      new Set(
        table
          .trimEnd()
          .split('\n')
          .map((row) => row.split('|').length),
      ),
  );
}
