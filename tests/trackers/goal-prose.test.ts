import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goalFacts } from '#domain/goal-text.ts';
import { goalProse } from '#trackers/goal-prose.ts';

const text = (value: string, ...marks: readonly string[]) => ({
  type: 'text',
  text: value,
  ...(marks.length === 0 ? {} : { marks: marks.map((type) => ({ type })) }),
});
const node = (type: string, ...content: readonly object[]) => ({ type, content });
const paragraph = (...content: readonly object[]) => node('paragraph', ...content);
const written = (...content: readonly object[]) =>
  goalProse.document({ version: 1, ...node('doc', ...content) });
const heading = (value: string) => ({ ...node('heading', text(value)), attrs: { level: 2 } });
const mention = { type: 'mention', attrs: { id: '5b10', text: '@Mary Smith' } };

describe('a description in Jira', () => {
  test('keeps its headings, lists, emphasis and tables, in lines', () => {
    expect(
      written(
        heading('Problem'),
        node('bulletList', node('listItem', paragraph(text('they leave')))),
        paragraph(text('Owner:', 'strong'), text(' '), mention),
        node(
          'table',
          node(
            'tableRow',
            node('tableHeader', paragraph(text('KPI'))),
            node('tableCell', paragraph(text('x < 4'))),
          ),
        ),
      ),
    ).toBe('## Problem\n\n- they leave\n\n**Owner:** @…\n\n| KPI | x < 4 |');
  });

  test('says all that a goal should, through whatever it is laid out in', () => {
    const date = { type: 'date', attrs: { timestamp: String(Date.UTC(2026, 5, 30)) } };
    const facts = goalFacts(
      written(
        paragraph(text('Problem', 'strong')),
        paragraph(text('they leave early')),
        { ...node('expand', paragraph(text('fewer calls to us'))), attrs: { title: 'Impact' } },
        node('panel', paragraph(text('KPI: calls a day from 40 to 10'))),
        paragraph(text('Owner: '), mention, { type: 'hardBreak' }, text('Due: '), date),
      ),
    );
    expect(facts).toEqual({
      problem: 'they leave early',
      impact: 'fewer calls to us',
      metric: 'calls a day from 40 to 10',
      baseline: '40',
      target: '10',
      owner: 'given',
      date: '2026-06-30',
    });
  });

  test('is without code, what is struck out, and whom it mentions', () => {
    const shown = written(
      node('codeBlock', text('Owner: root')),
      paragraph(text('Problem: '), text('secret', 'code'), text(' and '), text('old', 'strike'), mention),
    );
    expect(shown).toBe('Problem: … and …@…');
  });

  test.each([[undefined], [null], ['Problem: x'], [7], [[]], [{ type: 'text', text: 7 }]])(
    'is nothing where it is no document: %j',
    (body) => {
      expect(goalProse.document(body)).toBe('');
    },
  );

  test('is read to a depth only', () => {
    let deep: object = paragraph(text('far down'));
    for (let i = 0; i < 10_000; i += 1) deep = node('panel', deep);
    expect(written(deep, paragraph(text('here')))).toBe('here');
  });
});

describe('a description in Linear', () => {
  test('is Markdown without code, comments, pictures and whom it mentions', () => {
    const shown = goalProse.markdown(
      [
        '## Problem <!-- what is wrong? -->',
        '```',
        'Owner: root',
        '```',
        'they `leave` ~~never~~ [early](https://acme.test/x) ![x](https://acme.test/y)',
        'Owner: [mary](https://linear.app/acme/profiles/mary)',
        'cost \\| value',
      ].join('\n'),
    );
    expect(shown).toBe('## Problem \nthey … … early …\nOwner: @…\ncost | value');
    expect(goalFacts(shown)).toEqual({ problem: 'they … early', owner: 'given' });
  });

  test('takes little time, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('`', '```\n', '~~', '[', '](', ')', '<!--', 'a\n', '\\')),
        (words) => {
          goalProse.markdown(words.join(''));
        },
      ),
    );
    const began = performance.now();
    for (const piece of ['`a', '~~', '[a](', '<!--', '```a\n', '!['])
      goalProse.markdown(piece.repeat(10_000));
    expect(performance.now() - began).toBeLessThan(3000);
  });
});
