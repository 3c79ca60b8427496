import { createHash } from 'node:crypto';
import type { IssueEvent, PersonHash } from '#domain/issue.ts';
import type { JiraFields } from './fields.ts';
import type { JiraHistory, JiraHistoryItem } from './schemas.ts';

/** What turning Jira's JSON into our nouns needs to know of the site. */
export interface JiraReading {
  readonly source: string;
  readonly fields: JiraFields;
  readonly personHash: (accountId: string) => PersonHash;
}

/** The changes of one history entry, in Jira's order. */
export function eventsOf(history: JiraHistory, reading: JiraReading): readonly IssueEvent[] {
  const author = history.author?.accountId;
  return history.items.map((item, itemIndex) => {
    const field = reading.fields.wordOf(item);
    return {
      at: history.created,
      eventId: history.id,
      itemIndex,
      field,
      ...changeOf(item, field, reading),
      ...separatorOf(field),
      ...(author ? { actor: reading.personHash(author) } : {}),
      origin: 'recorded',
    };
  });
}

type Change = Pick<IssueEvent, 'from' | 'to' | 'fromName' | 'toName'>;

function changeOf(item: JiraHistoryItem, field: string, { fields, personHash }: JiraReading): Change {
  // The texts of a change of people are their names.
  if (fields.holdsPeople(item)) return present({ from: hashed(item.from), to: hashed(item.to) });
  return present({
    from: stored(item.from ?? nonEmpty(item.fromText)),
    to: stored(item.to ?? nonEmpty(item.toText)),
    fromName: nameOf(item.fromText),
    toName: nameOf(item.toText),
  });

  function hashed(accountId: string | undefined): string | undefined {
    return accountId ? personHash(accountId) : undefined;
  }
  function stored(value: string | undefined): string | undefined {
    if (value === undefined || (!FREE_TEXT.has(field) && value.length <= LONGEST_VALUE)) return value;
    return `sha256:${createHash('sha256').update(value, 'utf8').digest('hex')}`;
  }
  function nameOf(text: string | undefined): string | undefined {
    return NAMED.has(field) && text !== undefined && text.length <= LONGEST_VALUE
      ? nonEmpty(text)
      : undefined;
  }
}

/** Kept as a hash: that it changed matters, what people wrote in it does not. */
const FREE_TEXT: ReadonlySet<string> = new Set(['description', 'environment', 'comment']);

// As long as a summary may be; what is longer is somebody's text.
const LONGEST_VALUE = 255;

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

function separatorOf(field: string): Pick<IssueEvent, 'separator'> {
  if (field === 'labels') return { separator: ' ' };
  return field === 'cycles' ? { separator: ',' } : {};
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** Spelled out, as it is done for every change there ever was: a loop over the parts took an eighth of all normalising. */
function present({
  from,
  to,
  fromName,
  toName,
}: { readonly [K in keyof Change]?: string | undefined }): Change {
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(fromName === undefined ? {} : { fromName }),
    ...(toName === undefined ? {} : { toName }),
  };
}
