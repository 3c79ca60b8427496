import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claimIn } from '#domain/claim.ts';
import { proseOf } from '#trackers/prose.ts';

const text = (value: string, ...marks: readonly string[]) => ({
  type: 'text',
  text: value,
  ...(marks.length === 0 ? {} : { marks: marks.map((type) => ({ type })) }),
});
const node = (type: string, ...content: readonly object[]) => ({ type, content });
const doc = (...content: readonly object[]) => ({ version: 1, ...node('doc', ...content) });
const paragraph = (...content: readonly object[]) => node('paragraph', ...content);
const inDocument = (...content: readonly object[]) => claimIn(proseOf.document(doc(...content)));
const inMarkdown = (...lines: readonly string[]) => claimIn(proseOf.markdown(lines.join('\n')));

describe('a document of Jira', () => {
  test('is read through lists, tables, panels and emphasis', () => {
    const claim = paragraph(text('almost '), text('done', 'strong'));
    for (const around of [
      claim,
      node('bulletList', node('listItem', claim)),
      node('table', node('tableRow', node('tableCell', claim))),
      node('panel', claim),
      node('expand', claim),
      node('something new', claim),
    ]) {
      expect([JSON.stringify(around), inDocument(around)]).toEqual([JSON.stringify(around), 'nearly_done']);
    }
  });

  test('makes no claim by what it quotes, codes or strikes out', () => {
    const claim = paragraph(text('almost done'));
    expect(inDocument(node('blockquote', claim))).toBeUndefined();
    expect(inDocument(node('codeBlock', text('almost done')))).toBeUndefined();
    expect(inDocument(paragraph(text('almost done', 'code')))).toBeUndefined();
    expect(inDocument(paragraph(text('almost done', 'strike')))).toBeUndefined();
    expect(inDocument(paragraph(text('She wrote "almost done" last week')))).toBeUndefined();
    expect(inDocument(node('blockquote', claim), paragraph(text('I agree')), claim)).toBe('nearly_done');
  });

  test('does not let words meet that stand apart', () => {
    expect(inDocument(paragraph(text('almost')), paragraph(text('done')))).toBeUndefined();
    expect(inDocument(paragraph(text('almost '), text('x', 'code'), text(' done')))).toBeUndefined();
    expect(
      inDocument(paragraph(text('almost '), { type: 'mention', attrs: { text: '@a' } }, text(' done'))),
    ).toBe(undefined);
    expect(inDocument(paragraph(text('not')), paragraph(text('almost done')))).toBe('nearly_done');
    expect(inDocument(paragraph(text('not'), { type: 'hardBreak' }, text('almost done')))).toBe(
      'nearly_done',
    );
  });

  test.each([
    [undefined],
    [null],
    ['almost done'],
    [7],
    [[]],
    [{ type: 'text', text: 7 }],
    [{ content: 'x' }],
  ])('may be anything else, and then says nothing: %j', (body) => {
    expect(claimIn(proseOf.document(body))).toBeUndefined();
  });

  test('is not followed without end', () => {
    let deep: object = paragraph(text('almost done'));
    for (let i = 0; i < 5_000; i += 1) deep = node('panel', deep);
    expect(inDocument(deep)).toBeUndefined();
  });
});

describe('Markdown of Linear', () => {
  test('is read through lists, titles, tables, links and emphasis', () => {
    for (const line of [
      'almost **done**',
      '- almost done',
      '  3. almost done',
      '- [x] almost done',
      '## almost done',
      '| API | almost done |',
      '[almost done](https://example.com/1)',
      '_basically_ done',
      '\\- almost done',
    ]) {
      expect([line, inMarkdown(line)]).toEqual([line, 'nearly_done']);
    }
    expect(inMarkdown('- first', '', '    almost done')).toBe('nearly_done');
  });

  test.each([
    ['> almost done'],
    ['> she said', 'almost done'],
    ['- > almost done'],
    ['```', 'almost done', '```'],
    ['~~~ts', 'almost done', '```', 'almost done', '~~~'],
    ['````', '```', 'almost done', '````'],
    ['```', 'almost done, and no end of it'],
    ['see', '', '    almost done'],
    ['`almost done`'],
    ['``almost ` done almost done``'],
    ['~~almost done~~'],
    ['https://example.com/almost done'.replace(' ', '-')],
    ['the label “almost done” is new'],
    ['<!-- almost done -->'],
    ['almost `x` done'],
    ['almost', 'x | done'],
  ])('claims nothing by what is quoted, coded, struck out or a name: %j', (...lines) => {
    expect(inMarkdown(...lines)).toBeUndefined();
  });

  test('goes on after what it quotes', () => {
    expect(inMarkdown('> is it?', '', 'almost done')).toBe('nearly_done');
    expect(inMarkdown('```', 'x', '```', 'almost done')).toBe('nearly_done');
  });

  test('may be any text, however long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (body) => {
        proseOf.markdown(body);
      }),
    );
    const started = performance.now();
    for (const hostile of ['`', '[', '"', '~~', '> ', '<', '*']) proseOf.markdown(hostile.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
