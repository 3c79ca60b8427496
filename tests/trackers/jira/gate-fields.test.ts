import { describe, expect, test } from 'vitest';
import { customIntervals } from '#domain/field-values.ts';
import type { Issue } from '#domain/issue.ts';
import { progressOf } from '#metrics/gates/progress.ts';
import { team, view } from '#tests/builders/team.ts';
import { smallIssue, smallSite } from '#tests/demo/jira/small-site.ts';
import { CREATED, HOUR, historyJson, issueJson, normalized } from './jira-json.ts';
import { copyOf, served, trackerAt } from './live-site.ts';

const QA = 'customfield_10070';
const chosen = { id: '501', value: 'Passed', self: 'https://acme.atlassian.net/x' };
const toPassed = {
  field: 'QA sign-off',
  fieldId: QA,
  fieldtype: 'custom',
  from: '500',
  fromString: 'Failed',
  to: '501',
  toString: 'Passed',
};
const valuesOf = (issue: Issue, id: string) =>
  customIntervals(issue, id).map(({ from, value }) => [from, value]);

describe('a field that a gate asks for', () => {
  test('is named by its id or its name, whatever the capitals, and has its whole history', () => {
    for (const wanted of [QA, 'qa SIGN-OFF']) {
      const issue = normalized(issueJson({ [QA]: chosen }), [historyJson(2, [toPassed])], [wanted]);
      expect(issue.current.custom).toEqual({ [QA]: { value: '501', name: 'Passed' } });
      expect(valuesOf(issue, QA)).toEqual([
        [CREATED, { value: '500', name: 'Failed' }],
        [CREATED + 2 * HOUR, { value: '501', name: 'Passed' }],
      ]);
    }
  });

  test('that never changed has held what it holds since the issue was made', () => {
    const issue = normalized(issueJson({ [QA]: chosen }), [], [QA]);
    expect(valuesOf(issue, QA)).toEqual([[CREATED, { value: '501', name: 'Passed' }]]);
  });

  test('that is empty now held before what its first change says', () => {
    const cleared = { ...toPassed, from: '501', fromString: 'Passed', to: null, toString: '' };
    const issue = normalized(issueJson({ [QA]: null }), [historyJson(2, [cleared])], [QA]);
    expect(valuesOf(issue, QA)).toEqual([
      [CREATED, { value: '501', name: 'Passed' }],
      [CREATED + 2 * HOUR, undefined],
    ]);
  });

  test.each([
    ['a text', 'done', { value: 'done' }],
    ['a number', 3, { value: '3' }],
    ['words', ['a', 'b'], { value: 'a b' }],
    [
      'several choices',
      [chosen, { id: '502', value: 'Twice' }],
      { value: '[501, 502]', name: 'Passed,Twice' },
    ],
    ['a version', { id: '900', name: '1.0' }, { value: '900', name: '1.0' }],
    ['an empty text with paragraphs', { type: 'doc', version: 1, content: [] }, { value: '' }],
    ['no choice', [], { value: '' }],
    ['an empty text', '', { value: '' }],
  ])('may hold %s', (_what, value, held) => {
    expect(normalized(issueJson({ [QA]: value }), [], [QA]).current.custom).toEqual({ [QA]: held });
  });

  test('of what else it holds keeps a hash, and of people theirs', () => {
    const prose = {
      type: 'doc',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'zanzibar' }] }],
    };
    const bob = { accountId: 'bob', displayName: 'Bob Example' };
    const issue = normalized(
      issueJson({ [QA]: prose, customfield_10050: bob, customfield_10051: [bob] }),
      [],
      [QA, 'Prüfer', 'Approvers'],
    );
    expect(issue.current.custom).toEqual({
      [QA]: { value: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
      // As in normalize.test.ts.
      customfield_10050: { value: '9707e4c74172a644' },
      customfield_10051: { value: '9707e4c74172a644' },
    });
    expect(JSON.stringify(issue)).not.toMatch(/zanzibar|Bob/);
  });

  test('is none of those we have a word for, and none of Jira’s own', () => {
    const issue = normalized(issueJson(), [], ['Sprint', 'Summary', 'assignee', 'Flagged']);
    expect(issue.current).not.toHaveProperty('custom');
  });
});

describe('a site', () => {
  const passed = (number: number) => {
    const issue = smallIssue(number);
    return { ...issue, fields: { ...issue.fields, [QA]: { id: '501', value: 'Passed' } } };
  };
  const site = () => {
    const small = smallSite([passed(1), smallIssue(2)]);
    const field = {
      id: QA,
      name: 'QA sign-off',
      schema: { type: 'option', custom: 'com.atlassian.jira.plugin.system.customfieldtypes:select' },
    };
    return { ...small, fields: [...small.fields, field] };
  };

  test('is asked for the fields of gates, and tells what they are called', async () => {
    await using simulator = await served(site());
    await using tracker = trackerAt(simulator, { fields: ['QA sign-off'] });
    const { issues, reference } = await copyOf(tracker);
    expect(reference?.fields).toEqual([{ id: QA, name: 'QA sign-off' }]);
    const gates = { verified: [{ field: { name: 'qa sign-off', values: ['passed'] } }] };
    const seen = view(team({ gates }), '2026-03-20', [...issues.values()], { ...reference });
    const shown = progressOf(seen);
    expect(seen.items.map((item) => [item.key, shown(item).levels.verified])).toEqual([
      ['PAY-1', { kind: 'shown', since: smallIssue(1).created }],
      ['PAY-2', { kind: 'lacking', what: 'the field qa sign-off set to passed' }],
    ]);
  });

  test('is asked for nothing more where no gate names a field', async () => {
    await using simulator = await served(site());
    await using tracker = trackerAt(simulator);
    const { issues, reference } = await copyOf(tracker);
    expect(reference).not.toHaveProperty('fields');
    expect([...issues.values()].some(({ current }) => 'custom' in current)).toBe(false);
  });

  test('is asked anew whether it gives a thousand issues at once, since that goes by the fields', async () => {
    await using simulator = await served(site(), { isWide: true });
    const probes = () => simulator.requests.filter(({ path }) => path.endsWith('issue/bulkfetch')).length;
    await using plain = trackerAt(simulator);
    const { reference } = await plain.overview();
    expect(probes()).toBe(1);
    await using asking = trackerAt(simulator, { fields: [QA] });
    asking.remember(reference);
    const asked = await asking.overview();
    expect(probes()).toBe(2);
    asking.remember(asked.reference);
    await asking.overview();
    expect(probes()).toBe(2);
  });
});
