import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evidenceWords } from '#report/evidence-words.ts';
import type { NotYetRaised } from '#report/not-yet-raised.ts';
import { type TeamReport, teamReport } from '#report/team-report.ts';
import { metricWords } from '#report/vocabulary.ts';
import type { Risk } from '#risks/risk.ts';
import { epicWith, goal } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { teamReportHtml } from '#views/html/team-page.ts';
import { jsonText } from '#views/json.ts';
import { teamReportMarkdown } from '#views/markdown.ts';
import { teamSummary } from '#views/summary.ts';
import { busyReport } from './reports.ts';

const busy = busyReport();

/** METRICS' worked example of a support drain, as a report tells it. */
const support: Risk = {
  id: 'payments/support_load',
  kind: 'support_load',
  statement: 'Support takes 2 of 5 people.',
  evidence: [
    {
      metric: 'supportLoad.fte',
      number: busy.metrics.throughput.perWeek,
      items: ['PAY-812', 'PAY-813', 'PAY-814', 'PAY-815'].map((key) => ({
        key,
        title: `Refund of ${key} fails`,
        url: `https://acme.atlassian.net/browse/${key}`,
        why: 'support, in progress',
      })),
    },
  ],
  impact: {
    milestone: 'checkout',
    probability: { now: 0.307, relieved: [0.516, 0.727] },
    dP: [0.209, 0.42],
    weeks: [2.33, 4.11],
    fte: [1.6, 2.4],
  },
  probabilityReal: 0.97,
  confidence: { level: 'high', reasons: [] },
  owner: 'leadership',
  options: [
    {
      action: 'Staff support elsewhere.',
      assumption: 'If 50-100 % of that time went to the goal.',
      whoDecides: 'leadership',
      dP: [0.209, 0.42],
    },
  ],
  costMeans:
    'The 24 items committed for 20 March have a 31 % chance. If support were staffed elsewhere: 52-73 %, 2 to 4 weeks earlier.',
  acceptMeans: 'What is accepted is 31 % for 20 March.',
  firstSeen: '2026-01-04' as Risk['firstSeen'],
  persistedWeeks: 3,
  status: 'open',
};

const withRisks = (...risks: readonly Risk[]): TeamReport => ({ ...busy, risks });
const textOf = (page: string) =>
  page
    .replace(/<style>[^]*?<\/style>/, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('a risk', () => {
  test('is told as an argument: what is so, what it costs, its items, what could be done, what leaving it means', () => {
    const page = textOf(teamReportHtml(withRisks(support)));
    const parts = [
      'Support takes 2 of 5 people.',
      'The 24 items committed for 20 March have a 31 % chance. If support were staffed elsewhere: 52-73 %, 2 to 4 weeks earlier.',
      'PAY-812 Refund of PAY-812 fails: support, in progress',
      'Staff support elsewhere. Worth 21 to 42 percentage points of chance. If 50-100 % of that time went to the goal. Leaders decide.',
      'Accepting it means: What is accepted is 31 % for 20 March.',
      'More than noise with a probability of 97 %, seen since Sun 4 January 2026',
    ];
    const places = parts.map((part) => page.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(page).not.toContain('PAY-815');
  });

  test('says the same in Markdown', () => {
    const document = teamReportMarkdown(withRisks(support));
    for (const part of [
      'Support takes 2 of 5 people',
      '52-73 %, 2 to 4 weeks earlier',
      'Leaders decide',
      '**Accepting it means:** What is accepted is 31 %',
    ])
      expect(document).toContain(part);
  });

  test('whose relief is worth at least so much says so of the option, and of all at once', () => {
    const [option] = support.options;
    const least = { dP: [0.35, 0.9], dPBound: '>' } as const;
    const risk = { ...support, options: option === undefined ? [] : [{ ...option, ...least }] };
    const page = textOf(
      teamReportHtml({
        ...withRisks(risk, { ...risk, id: 'payments/other' }),
        together: {
          ...support.impact,
          ...least,
          attribution: [{ risk: support.id, dP: [0.2, 0.5] }],
        },
      }),
    );
    expect(page).toContain(`20 to 50 percentage points: ${support.statement}`);
    expect(page).toContain('Worth at least 35 percentage points of chance.');
    expect(page).toContain(
      'relieved at once would be worth at least 35 percentage points of chance and 2.3 to 4.1 weeks;',
    );
  });

  test('whose weeks are only a bound says so in JSON', () => {
    const least = withRisks({ ...support, impact: { weeks: [13.93, 44.9], weeksBound: '>' } });
    expect(jsonText(least)).toContain('"weeksBound": ">"');
  });

  test('without a chance draws none', () => {
    const page = teamReportHtml(withRisks({ ...support, impact: {} }));
    expect(page).not.toContain('<svg class="chance"');
  });
});

test('the definitions say which part of freed time is taken to go to a goal, and why that much', () => {
  const told = (elasticity: TeamReport['elasticity'] & object) =>
    textOf(teamReportHtml({ ...withRisks(support), elasticity }));
  expect(told({ range: [0.62, 0.91], basis: 'own', weeks: 48 })).toContain(
    '62-91 % of their time is taken to go to the goal: with twice the people it goes 1.5 to 1.9 times as fast; the 90 % interval from 48 weeks of work on goals before the quarter began',
  );
  expect(told({ range: [0.5, 1], basis: 'stated', weeks: 10 })).toContain(
    '50-100 % of their time is taken to go to the goal: with twice the people it goes 1.4 to 2 times as fast; stated, not measured: 10 weeks of work on goals before the quarter began say too little',
  );
  expect(told({ range: [0.5, 1], basis: 'stated', weeks: 0 })).toContain(
    'stated, not measured: no work on goals is known from before the quarter began',
  );
  expect(textOf(teamReportHtml(withRisks(support)))).not.toContain('People who are freed');
});

test('five risks are shown and the others fold away', () => {
  const many = Array.from({ length: 7 }, (_, i) => ({
    ...support,
    id: `payments/r${i}`,
    statement: `Risk ${i}.`,
  }));
  const page = teamReportHtml(withRisks(...many));
  expect(page.indexOf('<summary>2 more risks</summary>')).toBeGreaterThan(page.indexOf('Risk 4.'));
  expect(page.indexOf('Risk 5.')).toBeGreaterThan(page.indexOf('<summary>2 more risks</summary>'));
  expect(teamReportMarkdown(withRisks(...many))).toContain('### 2 more risks');
});

test('no risk is said in words, not by an empty place', () => {
  expect(textOf(teamReportHtml(withRisks()))).toContain(
    'Nothing is raised: nothing that is likely to be real',
  );
});

describe('where nothing is raised', () => {
  const statement = '“Checkout” has a chance of 30 %.';
  const waiting = (one: NotYetRaised) => textOf(teamReportHtml({ ...withRisks(), notYetRaised: [one] }));

  test('what is seen of a goal that will not be made says what it waits for', () => {
    const since = '2026-01-18' as Risk['firstSeen'];
    expect(waiting({ statement, waits: 'to_last', probabilityReal: 0.9, since })).toContain(
      `Nothing is raised yet. ${statement} That is seen since Sun 18 January 2026 , and counts once it lasts.`,
    );
    expect(waiting({ statement, waits: 'to_last', probabilityReal: 0.9 })).toContain(
      'That is seen for the first time, and counts once it lasts.',
    );
    expect(waiting({ statement, waits: 'to_be_likely', probabilityReal: 0.714 })).toContain(
      'That it is too low is 71 % sure, and counts from 80 % on.',
    );
  });

  test('a goal without a forecast says why it has none, and no part of its chance is spoken of', () => {
    // A week and a half after the first of its items.
    const report = {
      ...teamReport(
        view(team({ goals: [goal('2026-02-08')] }), '2025-06-12', epicWith('PAY-1', { open: 20 })),
      ),
      risks: [],
    };
    expect(textOf(teamReportHtml(report))).toMatch(
      /Nothing is raised\. There is no forecast of “Checkout is live” yet \(\d weeks? of [^)]*, \d needed\)/,
    );
    expect(textOf(teamReportHtml(report))).not.toContain('a tenth of the goal’s chance');
  });
});

test('the summary does not repeat what its sentence says', () => {
  const said = {
    ...withRisks(support),
    headline: { ...busy.headline, sentence: `At risk. ${support.statement}` },
  };
  expect(teamSummary(said)).not.toContain('Holds it back');
  expect(teamSummary(withRisks(support))).toContain('Holds it back: Support takes 2 of 5 people.');
});

test('every number that a detector gives as evidence has a name in words', () => {
  const folder = new URL('../../src/risks/', import.meta.url);
  const named = readdirSync(folder).flatMap((file) => [
    ...readFileSync(new URL(file, folder), 'utf8').matchAll(/(?:metric: |evidenceOf\(\s*)'([A-Za-z.]+)'/g),
  ]);
  const metrics = new Set(named.map(([, metric = '']) => metric));
  expect(metrics.size).toBeGreaterThan(40);
  expect([...metrics].filter((metric) => evidenceWords(metric) === metricWords(metric))).toEqual([]);
});
