import type { JiraIssueType, JiraProject, JiraStatus, JiraVersion } from './model.ts';
import { newText, type RecordedHistoryItem, type RecordedIssue } from './recorded-issue.ts';
import { cloudCategory, hierarchyLevelOf, propertiesOf } from './recorded-values.ts';

/**
 * The statuses that exist: those an issue, or an issue shown inside another, is in now. One met only in histories has
 * no category there, so it is absent, as a deleted status is from a real site.
 */
export function statusesOf(issues: readonly RecordedIssue[]): readonly JiraStatus[] {
  const statuses = new Map<string, JiraStatus>();
  for (const shown of issues.flatMap(({ fields }) => [fields, ...fieldsOfShownIssues(fields)])) {
    const { id, name, statusCategory } = propertiesOf(shown['status']);
    if (typeof id !== 'string' || typeof name !== 'string' || statuses.has(id)) continue;
    // Jira files a status without a category under "to do".
    statuses.set(id, { id, name, category: cloudCategory(statusCategory) ?? 'new' });
  }
  return [...statuses.values()];
}

/** The issue types in use. */
export function issueTypesOf(issues: readonly RecordedIssue[]): readonly JiraIssueType[] {
  const types = new Map(issues.map(({ fields }) => [fields.issuetype.id, fields.issuetype]));
  return [...types.values()].map((type) => ({
    id: type.id,
    name: type.name,
    hierarchyLevel: hierarchyLevelOf(type),
  }));
}

/** The projects issues are in, and those they were moved out of. */
export function projectsOf(issues: readonly RecordedIssue[]): readonly JiraProject[] {
  const projects = new Map<string, JiraProject>();
  for (const { fields } of issues) {
    const { id, key, name = key } = fields.project;
    projects.set(id, { id, key, name });
  }
  for (const items of issues.flatMap(({ histories }) => histories.map((history) => history.items))) {
    // A move writes the old key and the old project into one history.
    const key = items.find(({ field }) => field === 'Key')?.fromString?.replace(/-\d+$/, '');
    const project = items.find(({ field }) => field.toLowerCase() === 'project');
    const id = project?.from;
    if (typeof key !== 'string' || typeof id !== 'string' || projects.has(id)) continue;
    projects.set(id, { id, key, name: project?.fromString ?? key });
  }
  return [...projects.values()];
}

/** The versions issues hold now, and those histories name; of the latter nothing more is known than the name. */
export function versionsOf(issues: readonly RecordedIssue[]): readonly JiraVersion[] {
  const versions = new Map<string, JiraVersion>();
  for (const { fields } of issues) {
    for (const value of [fields['fixVersions'], fields['versions']].flat()) {
      const { id, name, released, archived, startDate, releaseDate } = propertiesOf(value);
      if (typeof id !== 'string' || typeof name !== 'string') continue;
      versions.set(id, {
        id,
        projectId: fields.project.id,
        name,
        released: released === true,
        archived: archived === true,
        ...(typeof startDate === 'string' ? { startDate } : {}),
        ...(typeof releaseDate === 'string' ? { releaseDate } : {}),
      });
    }
  }
  for (const { fields, histories } of issues) {
    for (const item of histories.flatMap((history) => history.items)) {
      if (item.field !== 'Fix Version' && item.field !== 'Version') continue;
      for (const [id, name] of namesIn(item)) {
        if (versions.has(id)) continue;
        versions.set(id, { id, projectId: fields.project.id, name, released: false, archived: false });
      }
    }
  }
  return [...versions.values()];
}

function namesIn(item: RecordedHistoryItem): readonly (readonly [id: string, name: string])[] {
  const after = newText(item);
  return [[item.from, item.fromString] as const, [item.to, after] as const].flatMap(([id, name]) =>
    typeof id === 'string' && typeof name === 'string' ? [[id, name] as const] : [],
  );
}

/** The fields of the parent, sub-tasks and linked issues that Jira shows inside an issue. */
function fieldsOfShownIssues(fields: RecordedIssue['fields']): readonly Readonly<Record<string, unknown>>[] {
  const links: readonly unknown[] = [fields['issuelinks']].flat();
  const shown: readonly unknown[] = [
    fields['parent'],
    ...[fields['subtasks']].flat(),
    ...links.flatMap((link) => [propertiesOf(link)['inwardIssue'], propertiesOf(link)['outwardIssue']]),
  ];
  return shown.map((issue) => propertiesOf(propertiesOf(issue)['fields']));
}
