import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GOAL_FACTS, goalFacts } from '#domain/goal-text.ts';

const found = (text: string) => Object.keys(goalFacts(text));

describe('what a goal’s text says', () => {
  test('is problem, metric with baseline and target, owner and date, and no impact, where it gives these (WX-F1)', () => {
    const facts = goalFacts(
      '## Problem: churn in week 1 ... Success metric: activation 20 % -> 30 % by 30 June. Owner: @x',
    );
    expect(Object.keys(facts)).toEqual(['problem', 'metric', 'baseline', 'target', 'owner', 'date']);
    expect(facts).toEqual({
      problem: 'churn in week 1',
      metric: 'activation 20 % -> 30 % by 30 June',
      baseline: '20 %',
      target: '30 %',
      owner: 'given',
      date: '30 June',
    });
  });

  test.each([
    [
      'a heading and a text under it',
      '## Problem\n\nusers leave in week 1\n\n## Impact\nfewer tickets',
      ['problem', 'impact'],
    ],
    ['headings of Jira', 'h2. Problem\nusers leave\nh2. Out of scope\nall else', ['problem']],
    [
      'labels in bold',
      '**Why:** users leave\n**Expected impact:** 5 % more\n**KPI:** at least 30 %',
      ['problem', 'impact', 'metric', 'target'],
    ],
    ['a list', '- Owner: someone\n- Due date: 2026-06-30', ['owner', 'date']],
    ['a date in passing', 'We want this out by Q3 2026', ['date']],
    ['nothing of the kind', 'Rewrite the checkout. It has a problem with speed.', []],
    [
      'placeholders',
      'Problem: TBD\nImpact: n/a\nSuccess metric: ?\nOwner: <name>\nDue date: to be defined',
      [],
    ],
    ['an empty template', '## Problem\n\n## Impact\n\n## Success metric\n', []],
    ['an empty text', '', []],
    [
      'a table with a head of its own',
      '| Problem | Owner |\n|---|---|\n| they leave | @x |',
      ['problem', 'owner'],
    ],
    [
      'a table of metrics',
      '| Metric | Baseline | Target |\n|---|---|---|\n| activation | 20 % | 30 % |',
      ['metric', 'baseline', 'target'],
    ],
    ['goals without figures', '## Goals\nmake it nice', []],
    ['a template', '## Problem\n_What is the problem?_\n\nImpact: Describe what it costs', []],
    ['words that only begin like a label', 'Due diligence: see above\nOwners’ manual: chapter 3', []],
    ['a list of words', 'Fields:\n* owner\n* date\n* impact', []],
    ['an empty label before another', 'Problem:\nSolution: rewrite it', []],
  ])('is found in %s', (_, text, facts) => {
    expect(found(text)).toEqual(facts);
  });

  test('is quoted without names, mentions, addresses and links, and of an owner only that there is one', () => {
    const facts = goalFacts(
      'Problem: Mary Smith says that [~accountid:5b10] and anna@acme.test cannot pay, see https://acme.test/x\nOwner: Mary Smith',
    );
    expect(facts.problem).toBe('… says that … and … cannot pay, see');
    expect(facts.owner).toBe('given');
    expect(JSON.stringify(facts)).not.toMatch(/Mary|Smith|anna|5b10|acme/);
  });

  test('is quoted without names that are known, however they are written, nor in scripts without capitals', () => {
    const said = 'Problem: ask mary o’hara or MARY, 田中 knows about SSO since june';
    expect(goalFacts(said, ['Mary O’Hara']).problem).toBe('ask … or …, … knows about SSO since june');
    expect(goalFacts('Problem: IGOR cannot, call +49 170 123 45 67').problem).toBe('… cannot, call');
  });

  test('is quoted shortly', () => {
    expect(goalFacts(`Problem: ${'very long '.repeat(40)}`).problem?.length).toBeLessThanOrEqual(80);
  });

  test('is read from any text in little time', () => {
    const word = fc.constantFrom(
      '#',
      '*',
      ' ',
      '\n',
      ':',
      'problem',
      'Owner',
      'by',
      '30',
      '%',
      '->',
      'June',
      '.',
      '@x',
      'h2.',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 400 }), (words) => {
        for (const fact of Object.keys(goalFacts(words.join('')))) expect(GOAL_FACTS).toContain(fact);
      }),
      { numRuns: 200 },
    );
    const began = performance.now();
    goalFacts('# * '.repeat(50_000));
    goalFacts(' '.repeat(100_000));
    goalFacts('1 to '.repeat(20_000));
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
