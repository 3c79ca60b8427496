import { z } from 'zod';
import { goalFacts } from '#domain/goal-text.ts';
import type { Issue } from '#domain/issue.ts';
import { goalProse } from '../goal-prose.ts';
import type { JiraReading } from './events.ts';
import type { JiraIssue } from './schemas.ts';

/** The field that holds the text of an issue. */
export const DESCRIPTION = 'description';

/**
 * The issue with what its text says of a goal, where texts are read and it is an epic or lies above epics. The text goes
 * no further than here. It counts from when it was last changed before it was shown, as the history tells.
 */
export function withGoalText(issue: Issue, { fields }: JiraIssue, reading: JiraReading): Issue {
  // A site may hide the field from a user: then nothing is known of what it holds.
  const text = fields[DESCRIPTION];
  if (reading.readsGoals !== true || text === undefined || (fields.issuetype.hierarchyLevel ?? 0) < 1) {
    return issue;
  }
  const changed = issue.events.findLast(
    ({ field, at, origin }) => field === 'description' && origin === 'recorded' && at <= issue.updatedAt,
  );
  const facts = goalFacts(goalProse.document(text), namesOf(fields));
  return { ...issue, texts: [{ since: changed?.at ?? issue.createdAt, facts }] };
}

/** Whom the fields of an issue name, so that quotes do not. */
function namesOf(fields: JiraIssue['fields']): readonly string[] {
  return Object.values(fields).flatMap((value) => {
    const { data } = named.safeParse(value);
    return data === undefined ? [] : [data].flat().map(({ displayName }) => displayName);
  });
}

const person = z.object({ displayName: z.string() });
const named = z.union([person, z.array(person)]);
