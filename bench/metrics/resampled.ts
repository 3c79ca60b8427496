import type { JiraHistory, JiraHistoryItem, JiraIssue, JiraSite } from '#demo/jira/model.ts';
import { MS_PER_DAY, parseDay, plusDays } from '#domain/calendar.ts';
import { integer, type Random } from '#statistics/random.ts';

/**
 * A site of any size that lives like a recorded one: whole issues drawn with replacement, each under an id, a key and
 * history ids of its own, and moved by up to three days, never past the site's present.
 *
 * Drawn in batches as large as the record. A child goes to the copy of its parent in the same batch, where there is
 * one. Versions and sprints are those of the record: more people work on the same deliveries.
 */
export function resampledSite(site: JiraSite, issues: number, random: Random): JiraSite {
  const ids = numbers(10_000_000);
  const historyIds = numbers(100_000_000);
  const out: JiraIssue[] = [];
  while (out.length < issues) {
    const batch = Array.from({ length: Math.min(site.issues.length, issues - out.length) }, () => {
      const original = site.issues[integer(random, 0, site.issues.length - 1)];
      if (original === undefined) throw new RangeError('a site without issues cannot be resampled');
      const id = ids();
      return { original, id, key: original.key.replace(/\d+$/, id) };
    });
    const copyOf = new Map(batch.map(({ original, id, key }) => [original.id, { id, key }]));
    for (const { original, id, key } of batch) {
      const moved = movedBy(original, shift(original, site.now, random));
      const parent =
        original.fields.parent && (copyOf.get(original.fields.parent.id) ?? original.fields.parent);
      out.push({
        ...moved,
        id,
        key,
        fields: { ...moved.fields, ...(parent === undefined ? {} : { parent }) },
        histories: moved.histories.map((history) => ({
          ...history,
          id: historyIds(),
          items: history.items.map((item) => withParent(item, copyOf)),
        })),
      });
    }
  }
  return { ...site, issues: out };
}

const MOST_DAYS = 3;

function numbers(after: number): () => string {
  let last = after;
  return () => {
    last += 1;
    return String(last);
  };
}

function shift(issue: JiraIssue, now: number, random: Random): number {
  const most = MOST_DAYS * MS_PER_DAY;
  const drawn = integer(random, -most, most);
  const latest = Math.max(issue.created, issue.updated, ...issue.histories.map(({ created }) => created));
  return latest + drawn < now ? drawn : -Math.abs(drawn);
}

function movedBy(issue: JiraIssue, by: number): JiraIssue {
  const { duedate } = issue.fields;
  return {
    ...issue,
    created: issue.created + by,
    updated: issue.updated + by,
    fields: { ...issue.fields, ...(duedate === undefined ? {} : { duedate: movedDay(duedate, by) }) },
    histories: issue.histories.map(
      (history): JiraHistory => ({
        ...history,
        created: history.created + by,
        items: history.items.map((item) =>
          item.fieldId === 'duedate' ? withBoth(item, (day) => movedDay(day, by)) : item,
        ),
      }),
    ),
  };
}

function movedDay(text: string, by: number): string {
  const day = parseDay(text);
  return day === undefined ? text : plusDays(day, Math.round(by / MS_PER_DAY));
}

function withParent(
  item: JiraHistoryItem,
  copyOf: ReadonlyMap<string, { readonly id: string }>,
): JiraHistoryItem {
  const isParent = /^(parent|epic link|IssueParentAssociation)$/i.test(item.field);
  return isParent ? withBoth(item, (id) => copyOf.get(id)?.id ?? id) : item;
}

function withBoth(item: JiraHistoryItem, change: (value: string) => string): JiraHistoryItem {
  const { from, to } = item;
  return {
    ...item,
    ...(typeof from === 'string' ? { from: change(from) } : {}),
    ...(typeof to === 'string' ? { to: change(to) } : {}),
  };
}
