import { describe, expect, test } from 'vitest';
import { decidedWords } from '#report/decided-words.ts';
import type { TeamReport } from '#report/team-report.ts';
import type { Decided, Standing } from '#risks/risk.ts';
import { day } from '#tests/builders/goal.ts';
import { teamReportHtml } from '#views/html/team-page.ts';
import { jsonText } from '#views/json.ts';
import { teamReportMarkdown } from '#views/markdown.ts';
import { teamSummary } from '#views/summary.ts';
import { busyReport, TODAY } from './reports.ts';

const busy = busyReport();
const decision: Decided = {
  escalation: 'e-1',
  decision: 'accept',
  by: 'Ada',
  until: day('2026-03-20'),
  statement: 'We accept 31 % for 20 March.',
  asOf: day('2026-01-16'),
  chance: 0.31,
  dP: [0.1, 0.3],
};
const { statement: _, ...toAddress } = { ...decision, decision: 'address' as const };
const accepted: Standing = { status: 'accepted', decision };
const costsMore: Standing = {
  status: 'open',
  decision,
  reopened: { because: 'costs_more', dP: 0.14 },
};

describe('what was decided about a risk is one sentence:', () => {
  const say = (standing: Standing, on = TODAY) => {
    const { lead, rest } = decidedWords(standing, day(on)) ?? {};
    return lead === undefined ? undefined : `${lead} ${rest}`;
  };
  const { dP: _dP, ...untold } = decision;
  const passed = { status: 'open', decision, reopened: { because: 'until_passed' } } as const;

  test.each<[string, Standing, string | undefined]>([
    ['nothing, while nobody decided', { status: 'open' }, undefined],
    ['accepted', accepted, 'Accepted by Ada until 20 March: “We accept 31 % for 20 March.”'],
    [
      'being addressed',
      { status: 'addressed', decision: toAddress },
      'Being addressed until 20 March, decided by Ada.',
    ],
    [
      'open again',
      costsMore,
      'Open again: accepted by Ada until 20 March; it costs 14 percentage points more.',
    ],
    [
      'open again at a cost nobody knew',
      { ...costsMore, decision: untold },
      'Open again: accepted by Ada until 20 March; it costs 14 percentage points of chance, which could not be told then.',
    ],
    [
      'open again by the goal’s chance',
      { status: 'open', decision, reopened: { because: 'less_likely', chance: 0.14 } },
      'Open again: accepted by Ada until 20 March; the goal is 14 percentage points less likely than the 31 % of then.',
    ],
    [
      'open again by its weeks',
      { status: 'open', decision, reopened: { because: 'later', weeks: 1.04 } },
      'Open again: accepted by Ada until 20 March; it costs 1 week more.',
    ],
    [
      'accepted for another date',
      { status: 'open', decision, reopened: { because: 'goal_moved', due: day('2026-04-01') } },
      'Open again: accepted by Ada until 20 March; the goal is due by 1 April now.',
    ],
    [
      'accepted for a date that is over',
      { status: 'open', decision, reopened: { because: 'goal_passed', due: day('2026-01-12') } },
      'Open again: accepted by Ada until 20 March; the date that it was accepted for, 12 January, is over.',
    ],
    ['over', passed, 'Open again: accepted by Ada until 20 March; that day is over.'],
    [
      'not addressed by its day',
      { status: 'open', decision: toAddress, reopened: { because: 'still_raised' } },
      'Open again: to be addressed until 20 March, decided by Ada; that day is over and it is still raised.',
    ],
  ])('%s', (_name, standing, said) => {
    expect(say(standing)).toBe(said);
  });

  test('a day of another year has its year', () => {
    expect(say(passed, '2027-01-08')).toContain('until 20 March 2026');
  });
});

describe('a risk that was decided about', () => {
  const standing = (of: Standing): TeamReport => {
    const [risk] = busy.risks;
    if (risk === undefined) throw new RangeError('the busy team has a risk');
    const { status: _status, decision: _decision, reopened: _reopened, ...found } = risk;
    return { ...busy, risks: [{ ...found, statement: 'Support takes 2 of 5 people.', ...of }] };
  };
  const textOf = (page: string) => page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

  test('says so on the page and in Markdown, right after what it is', () => {
    const said = 'Accepted by Ada until 20 March: “We accept 31 % for 20 March.”';
    expect(textOf(teamReportHtml(standing(accepted)))).toContain(`Support takes 2 of 5 people. ${said}`);
    const markdown = teamReportMarkdown(standing(accepted)).replaceAll('**', '');
    expect(markdown).toContain(`### Support takes 2 of 5 people.\n\n${said}`);
    expect(textOf(teamReportHtml(standing({ status: 'open' })))).not.toContain('Accepted by');
  });

  test('says so where it is one of those folded away', () => {
    const of = standing(costsMore);
    const many = Array.from({ length: 6 }, (_unused, i) =>
      of.risks.map((risk) => ({ ...risk, id: `r${i}` })),
    ).flat();
    const folded = teamReportMarkdown({ ...of, risks: many }).split('### 1 more risk')[1];
    expect(folded).toContain(
      'Open again: accepted by Ada until 20 March; it costs 14 percentage points more.',
    );
  });

  test('says so in the terminal in a word, in as many lines as before', () => {
    const open = teamSummary(standing({ status: 'open' }));
    const told = (of: Standing) => teamSummary(standing(of));
    expect(told(accepted)).toContain('Holds it back (accepted until 20 March): Support takes 2 of 5 people.');
    expect(told({ status: 'addressed', decision: toAddress })).toContain(
      '(being addressed until 20 March): ',
    );
    expect(told(costsMore)).toContain('Holds it back (open again): ');
    expect(told(accepted).split('\n')).toHaveLength(open.split('\n').length);
  });

  test('holds a name as it was typed, and no page takes it for anything else', () => {
    const hostile = standing({ status: 'accepted', decision: { ...decision, by: '<b>Ada</b> [x](y) **' } });
    expect(JSON.parse(jsonText(hostile)).risks[0].decision.by).toBe('<b>Ada</b> [x](y) **');
    expect(teamReportHtml(hostile)).toContain('by &lt;b&gt;Ada&lt;/b&gt; [x](y) ** until 20 March:');
    expect(teamReportMarkdown(hostile)).not.toMatch(/<b>Ada|\[x\]\(y\)/);
  });
});
