import type { Issue, IssueEvent, PersonHash } from '#domain/issue.ts';
import { hashedText, LONGEST_VALUE, storedText } from '../stored-text.ts';
import type { JiraFields } from './fields.ts';
import type { JiraHistory, JiraHistoryItem, JiraIssue } from './schemas.ts';

/** What turning Jira's JSON into our nouns needs to know of the site. */
export interface JiraReading {
  readonly source: string;
  readonly fields: JiraFields;
  readonly personHash: (accountId: string) => PersonHash;
  /** Where people open the site; set where comments are read for what they claim. */
  readonly siteUrl?: string;
  /** Whether the texts of epics are read for what they say of goals. */
  readonly readsGoals?: boolean;
  /** Told of every issue that was read, in both forms. */
  readonly onIssue?: (shown: JiraIssue, issue: Issue, fields: JiraFields) => void;
}

/** The changes of one history entry, in Jira's order. */
export function eventsOf(history: JiraHistory, reading: JiraReading): readonly IssueEvent[] {
  const author = history.author?.accountId;
  const actor = author ? reading.personHash(author) : undefined;
  return history.items.map((item, itemIndex) => {
    const field = reading.fields.wordOf(item);
    const { from, to, fromName, toName } = changeOf(item, field, reading);
    const separator = separatorOf(field);
    const event: Writable<IssueEvent> = {
      at: history.created,
      eventId: history.id,
      itemIndex,
      field,
      origin: 'recorded',
    };
    // Assigned one by one, as it is done for every change there ever was: spreading parts took a fifth of all normalising.
    if (from !== undefined) event.from = from;
    if (to !== undefined) event.to = to;
    if (fromName !== undefined) event.fromName = fromName;
    if (toName !== undefined) event.toName = toName;
    if (separator !== undefined) event.separator = separator;
    if (actor !== undefined) event.actor = actor;
    return event;
  });
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

type Change = { readonly [K in 'from' | 'to' | 'fromName' | 'toName']?: string | undefined };

function changeOf(item: JiraHistoryItem, field: string, { fields, personHash }: JiraReading): Change {
  // The texts of a change of people are their names.
  if (fields.holdsPeople(item)) return { from: hashed(item.from), to: hashed(item.to) };
  return {
    from: stored(valueOf(item.from, item.fromText)),
    to: stored(valueOf(item.to, item.toText)),
    fromName: nameOf(item.from, item.fromText),
    toName: nameOf(item.to, item.toText),
  };

  function isGate(id: string): boolean {
    return fields.gates.some((gate) => gate.id === id);
  }
  function hashed(accountId: string | undefined): string | undefined {
    return accountId ? personHash(accountId) : undefined;
  }
  function stored(value: string | undefined): string | undefined {
    if (value === undefined) return undefined;
    return FREE_TEXT.has(field) ? hashedText(value) : storedText(value);
  }
  function nameOf(id: string | undefined, text: string | undefined): string | undefined {
    // A value without an id is its own name.
    const isNamed = NAMED.has(field) || (nonEmpty(id) !== undefined && isGate(field));
    return isNamed && text !== undefined && text.length <= LONGEST_VALUE ? nonEmpty(text) : undefined;
  }
}

/** Kept as a hash: that it changed matters, what people wrote in it does not. */
const FREE_TEXT: ReadonlySet<string> = new Set(['description', 'environment', 'comment']);

/** Fields whose values are ids that people know by a name. */
const NAMED: ReadonlySet<string> = new Set([
  'status',
  'type',
  'project',
  'resolution',
  'priority',
  'parent',
  'team',
  'versions',
  'components',
  // How two issues are linked is told in a sentence alone.
  'links',
]);

function separatorOf(field: string): IssueEvent['separator'] {
  if (field === 'labels') return ' ';
  return field === 'cycles' ? ',' : undefined;
}

/** The id, or the text where a field has no ids: labels come with an empty one. */
function valueOf(id: string | undefined, text: string | undefined): string | undefined {
  return nonEmpty(id) ?? nonEmpty(text) ?? id;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
