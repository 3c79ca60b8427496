import { dayOf, elapsedDays } from '#domain/calendar.ts';
import { setNow } from '#domain/field-values.ts';
import type { Instant } from '#domain/issue.ts';
import { earlierView, issueRef, type TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { type LedgerItem, ledger } from '#metrics/ledger.ts';
import { releases } from '#metrics/release.ts';
import { type Case, spells } from './case.ts';

/** The lines of the basically-done ledger, one case for each signal of an item, and what became of the item. */
export function ledgerCases(view: TeamView, every: number): readonly Case[] {
  const releaseOf = releases(view);
  return spells(view, every, (day) => {
    const then = earlierView(view, day);
    return new Map(
      ledger(then).flatMap(({ item, line }) =>
        line.signals.map((kind) => [
          `${kind} ${refOf(item)}`,
          () => {
            const later = view.byRef.get(refOf(item)) ?? item;
            return { kind, statement: said(line), after: [fate(view, later, then.asOf, releaseOf)] };
          },
        ]),
      ),
    );
  });
}

function said({ key, title, claimedAt, signals, lacking }: LedgerItem): string {
  return `${key} ${title.slice(0, 80)}: claimed ${claimedAt.slice(0, 10)} (${signals.join(', ')}), lacks ${lacking.join(', ')}`;
}

/** What the whole record says of an item, as seen from a moment. */
function fate(
  view: TeamView,
  item: WorkItem,
  since: Instant,
  releaseOf: ReturnType<typeof releases>,
): string {
  const when = (at: Instant) =>
    `${dayOf(at, view.team.timezone)} (${Math.round(elapsedDays(since, at))} days after)`;
  const out: string[] = [];
  for (const { doneAt, reopenedAt } of item.reopenings)
    if (reopenedAt > since) out.push(`done ${when(doneAt)} and reopened ${when(reopenedAt)}`);
  if (item.cancelledAt !== undefined) out.push(`dropped ${when(item.cancelledAt)}`);
  else if (item.finishedAt === undefined) out.push(`still ${item.stage} at the end, ${when(view.asOf)}`);
  else {
    const release = releaseOf(item);
    out.push(
      `done ${when(item.finishedAt)}`,
      release.kind === 'released' ? `released ${when(release.at)}` : release.kind,
    );
  }
  const last = item.issue.events.at(-1)?.at;
  if (last !== undefined) out.push(`last event ${when(last)}`);
  return [...out, `versions ${versions(view, item)}`].join('; ');
}

function versions(view: TeamView, { issue }: WorkItem): string {
  const known = view.references.get(issue.source)?.versions ?? [];
  const names = setNow(issue, 'versions').map((id) => known.find((one) => one.id === id)?.name ?? id);
  return names.length === 0 ? 'none' : names.join(', ');
}

function refOf({ issue }: WorkItem): string {
  return issueRef(issue.source, issue.id);
}
