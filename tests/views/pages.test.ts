import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { html } from '#views/html/html.ts';
import { messagePageHtml } from '#views/html/message-page.ts';
import { style, styleHash } from '#views/html/style.ts';
import { teamsPageHtml } from '#views/html/teams-page.ts';
import { plainText, webAddress } from '#views/plain-text.ts';
import { busyReport } from './reports.ts';

const { asOf, headline } = busyReport();

describe('the list of teams', () => {
  const page = teamsPageHtml(
    [
      {
        id: 'payments',
        name: 'Payments',
        group: 'Commerce',
        asOf,
        sentence: headline.sentence,
        level: headline.level,
      },
      { id: 'a/b?c', name: '<b>Search</b>', problem: 'The source acme could not be read.' },
    ],
    'Acme & Sons',
  );

  test('is headed by the organisation', () => {
    expect(page).toContain('<h1 class="title">Acme &amp; Sons</h1>');
  });

  test('leads to each report, with its sentence, level and date', () => {
    expect(page).toContain('<a href="/teams/payments">Payments</a>');
    expect(page).toContain(headline.sentence);
    expect(page).toContain('<strong>Not known</strong>');
    expect(page).toContain('<time datetime="2026-01-23">Fri 23 January 2026</time>');
  });

  test('says why a team has no report, and escapes what configurations hold', () => {
    expect(page).toContain('<a href="/teams/a%2Fb%3Fc">&lt;b&gt;Search&lt;/b&gt;</a>');
    expect(page).toContain('The source acme could not be read.');
    expect(page).toContain('No report yet');
    expect(page).not.toMatch(/undefined|null/);
  });

  test('says what to do when there is no team', () => {
    expect(teamsPageHtml([], 'Acme')).toContain('No team is configured yet.');
  });
});

test('a message stands on a page of its own with a way back', () => {
  const page = messagePageHtml({ title: 'There is no team "<x>"', message: 'Choose one from the list.' });
  expect(page).toContain('<title>There is no team &quot;&lt;x&gt;&quot;</title>');
  expect(page).toContain('<h1 class="title">There is no team &quot;&lt;x&gt;&quot;</h1>');
  expect(page).toContain('<a href="/">All teams</a>');
});

describe('the style', () => {
  test('stands on the page exactly as its hash allows it', () => {
    const inPage = /<style>([^]*?)<\/style>/.exec(messagePageHtml({ title: 't', message: 'm' }))?.[1] ?? '';
    expect(inPage).toBe(style);
    expect(styleHash).toBe(`sha256-${createHash('sha256').update(inPage).digest('base64')}`);
  });

  test.each(['light', 'dark'] as const)('has enough contrast when it is %s (WCAG AA: 4.5 to 1)', (scheme) => {
    const colours = tokens(scheme);
    const tooFaint = ['ink', 'quiet', 'accent'].filter(
      (name) => !(contrast(colours[name] ?? '', colours.paper ?? '') >= 4.5),
    );
    expect(tooFaint).toEqual([]);
  });

  test('knows black on white as the greatest contrast', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  });

  test('uses three sizes and two weights', () => {
    const screen = style.slice(0, style.indexOf('@media print'));
    expect(new Set([...screen.matchAll(/font-size: ([^;]+);/g)].map(([, size]) => size))).toEqual(
      new Set(['var(--small)', 'var(--body)', 'var(--large)']),
    );
    expect(
      new Set([...style.matchAll(/(?:font-weight: |font: )(\d+)/g)].map(([, weight]) => weight)),
    ).toEqual(new Set(['400', '600']));
  });
});

describe('the template', () => {
  test('escapes text, keeps markup, and leaves nothing for what is absent', () => {
    expect(
      String(html`<p title="${'"'}">${'<b>'}${html`<i>${"'"}</i>`}${undefined}${false}${[1, '&']}</p>`),
    ).toBe('<p title="&quot;">&lt;b&gt;<i>&#39;</i>1&amp;</p>');
  });
});

test('plain text is one line of visible characters', () => {
  expect(plainText('a\r\nb\u001b[31mc\u202ed\u0000')).toBe('a b [31mc d ');
  expect(plainText('\ud800')).toBe('\ufffd');
});

test('only http and https addresses are followed', () => {
  expect(webAddress('https://acme.example/browse/A 1')).toBe('https://acme.example/browse/A%201');
  expect(
    ['javascript:alert(1)', 'data:text/html,x', '/browse/A', '', 'JaVaScRiPt:x'].map(webAddress),
  ).toEqual(Array.from({ length: 5 }));
});

function tokens(scheme: 'light' | 'dark'): Readonly<Record<string, string>> {
  const [light = '', dark = ''] = style.split('prefers-color-scheme: dark');
  const block = scheme === 'light' ? light : dark.slice(0, dark.indexOf('}'));
  return Object.fromEntries(
    [...block.matchAll(/--(\w+): (#[0-9a-f]{6})/g)].map(([, name = '', colour = '']) => [name, colour]),
  );
}

/** The contrast ratio of WCAG 2: relative luminances with 0.05 for stray light. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
