import type { Issue } from '#domain/issue.ts';
import { jiraFields } from '#trackers/jira/fields.ts';
import { normalizeIssue } from '#trackers/jira/normalize.ts';
import { fieldList, historyPage, searchPage } from '#trackers/jira/schemas.ts';
import { personHasher } from '#trackers/person.ts';

/** 2026-03-01T00:00Z. */
export const CREATED = 1_772_323_200_000;
export const HOUR = 3_600_000;

type Json = Readonly<Record<string, unknown>>;

const CUSTOM_FIELDS: readonly Json[] = [
  custom(10020, 'Sprint', 'array', 'com.pyxis.greenhopper.jira:gh-sprint'),
  custom(10016, 'Story point estimate', 'number', 'com.pyxis.greenhopper.jira:jsw-story-points'),
  custom(10028, 'Story Points', 'number', 'com.atlassian.jira.plugin.system.customfieldtypes:float'),
  custom(10014, 'Epic Link', 'any', 'com.pyxis.greenhopper.jira:gh-epic-link'),
  custom(10001, 'Mannschaft', 'team', 'com.atlassian.jira.plugin.system.customfieldtypes:atlassian-team'),
  custom(10021, 'Flagged', 'array', 'com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes'),
  custom(10050, 'Prüfer', 'user', 'com.atlassian.jira.plugin.system.customfieldtypes:userpicker'),
  {
    ...custom(
      10051,
      'Approvers',
      'array',
      'com.atlassian.jira.plugin.system.customfieldtypes:multiuserpicker',
    ),
    schema: { type: 'array', items: 'user', custom: 'x:multiuserpicker' },
  },
  custom(10070, 'QA sign-off', 'option', 'com.atlassian.jira.plugin.system.customfieldtypes:select'),
  custom(10060, 'Status', 'string', 'com.atlassian.jira.plugin.system.customfieldtypes:textfield'),
];

function custom(id: number, name: string, type: string, key: string): Json {
  return { id: `customfield_${id}`, name, custom: true, schema: { type, custom: key, customId: id } };
}

/** What `/field` answers. */
export const fieldListJson: readonly Json[] = [
  { id: 'assignee', name: 'Assignee', schema: { type: 'user', system: 'assignee' } },
  { id: 'summary', name: 'Summary', schema: { type: 'string', system: 'summary' } },
  // Some have neither type nor name.
  { id: 'thumbnail' },
  ...CUSTOM_FIELDS,
];

/** An issue as a search answers it. */
export function issueJson(fields: Json = {}, id = '10001'): Json {
  return {
    expand: 'renderedFields,names',
    id,
    self: `https://acme.atlassian.net/rest/api/3/issue/${id}`,
    key: `PAY-${Number(id) - 10_000}`,
    fields: {
      summary: 'Pay by card',
      created: '2026-03-01T01:00:00.000+0100',
      updated: '2026-03-20T00:00:00.000+0000',
      status: { id: '3', name: 'In Progress', statusCategory: { key: 'indeterminate' } },
      issuetype: { id: '7', name: 'Story', subtask: false, hierarchyLevel: 0 },
      project: { id: '100', key: 'PAY', name: 'Payments' },
      assignee: null,
      ...fields,
    },
  };
}

/** A history entry as the bulk answer has it, so many hours after the issue was created. */
export function historyJson(hours: number, items: readonly Json[], more: Json = {}): Json {
  return {
    id: String(5000 + hours),
    author: { accountId: 'ann', displayName: 'Ann Example', emailAddress: 'ann@example.org' },
    created: CREATED + hours * HOUR,
    items,
    ...more,
  };
}

/** The issue that comes of these answers, read as source `acme` with the salt `pepper`; `wanted`: the fields of gates. */
export function normalized(
  issue: Json,
  histories: readonly Json[] = [],
  wanted: readonly string[] = [],
): Issue {
  const [read] = searchPage.parse({ issues: [issue] }).issues;
  const [log] = historyPage.parse({
    issueChangeLogs: [{ issueId: '10001', changeHistories: histories }],
  }).issueChangeLogs;
  if (read === undefined || log === undefined) throw new RangeError('nothing was read');
  return normalizeIssue(read, log.changeHistories, {
    source: 'acme',
    fields: jiraFields(fieldList.parse(fieldListJson), [], wanted),
    personHash: personHasher('acme', 'pepper'),
  });
}
