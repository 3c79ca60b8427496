import { dayOf } from '#domain/calendar.ts';
import type { Instant } from '#domain/issue.ts';
import { expiryWarning } from '#domain/token-expiry.ts';
import { longDay, plural } from '#domain/wording.ts';
import { ago } from './age.ts';
import { type Block, paragraph, type Section, start, type Table, type Words } from './blocks.ts';
import { limitsTable, type SourceLimits } from './source-limits.ts';

/** A source as the API tells of it; instants are ISO 8601. */
export interface SourceStatus {
  readonly id: string;
  readonly kind: string;
  readonly address: string;
  readonly completeAsOf?: string | undefined;
  readonly finishedAt?: string | undefined;
  /** What failed and what to do. */
  readonly lastError?: string | undefined;
  readonly tokenExpires?: string | undefined;
  readonly expiresSoon?: boolean | undefined;
  readonly webhooks: boolean;
  readonly issues: number;
  readonly gone: number;
  readonly census?: { readonly at: string; readonly gone: number } | undefined;
  /** Where its tracker keeps a second record of statuses. */
  readonly crossChecked?: { readonly checked: number; readonly contradicted: number } | undefined;
  readonly walks: readonly { readonly done: boolean }[];
  readonly limits: SourceLimits;
}

/** Now, and the zone that times are told in. */
export interface Clock {
  readonly now: Instant;
  readonly timezone: string;
}

/** How many sources need attention, and which: those that fail, were never read, or whose token ends soon. */
export function sourcesSentence(sources: readonly SourceStatus[]): string {
  if (sources.length === 0) return 'No source is configured yet.';
  const troubled = sources.filter(needsAttention).map(({ id }) => id);
  if (troubled.length === 0) {
    return sources.length === 1 ? 'The source is read.' : `All ${sources.length} sources are read.`;
  }
  const needs = troubled.length === 1 ? 'needs' : 'need';
  return `${troubled.length} of ${plural(sources.length, 'source')} ${needs} attention: ${troubled.join(', ')}.`;
}

function needsAttention({ lastError, finishedAt, expiresSoon }: SourceStatus): boolean {
  return lastError !== undefined || finishedAt === undefined || expiresSoon === true;
}

/** All that is known of one source, what there is to do first. */
export function sourceSection(source: SourceStatus, clock: Clock): Section {
  const { id, lastError, tokenExpires } = source;
  const expiry = expiryWarning(id, tokenExpires, clock.now);
  const limits = limitsTable(source.limits, (at) => momentWords(at, clock));
  const blocks: readonly Block[] = [
    ...(lastError === undefined ? [] : [paragraph(`The last attempt to read it failed: ${lastError}`)]),
    ...(expiry === undefined ? [] : [paragraph(expiry)]),
    stateTable(source, clock),
    limits ?? paragraph('It was not asked for anything yet, so nothing was used.'),
    ...pauses(source.limits, clock),
  ];
  return { id: `source-${id}`, title: id, blocks };
}

const KINDS: Readonly<Record<string, string>> = { jira: 'Jira', linear: 'Linear' };

function stateTable(source: SourceStatus, clock: Clock): Table {
  const { kind, address, issues, gone, webhooks, tokenExpires } = source;
  const rows: readonly (readonly [what: string, ...is: Words])[] = [
    ['Tracker', `${KINDS[kind] ?? kind}, `, { kind: 'link', text: address, url: address }],
    ['Last read completely', readWords(source, clock)],
    ...reading(source),
    ['Issues stored', issues.toLocaleString('en-US')],
    [
      'Gone from the tracker',
      gone === 0 ? 'none' : `${gone.toLocaleString('en-US')}; their histories are kept`,
    ],
    ['Last census', censusWords(source, clock)],
    ...crossChecks(source),
    ['Webhooks', webhooks ? 'configured' : 'not configured: changes are noticed when the source is read'],
    ['Token expires', tokenExpires === undefined ? 'not known' : longDay(tokenExpires)],
  ];
  return {
    kind: 'table',
    title: 'How far it is read',
    columns: [start('What'), start('State')],
    rows: rows.map(([what, ...is]) => [[what], is]),
    shown: rows.length,
    rowsAre: 'facts',
  };
}

function readWords({ completeAsOf, finishedAt }: SourceStatus, clock: Clock): string {
  if (completeAsOf === undefined || finishedAt === undefined) return 'never';
  return `${ageWords(finishedAt, clock)}; it holds everything up to ${momentWords(completeAsOf, clock)}`;
}

function reading({ walks }: SourceStatus): readonly (readonly [string, string])[] {
  if (walks.length === 0) return [];
  const done = walks.filter((walk) => walk.done).length;
  return [
    ['Reading everything', `under way or interrupted: ${done} of ${plural(walks.length, 'part')} done`],
  ];
}

function censusWords({ census }: SourceStatus, clock: Clock): string {
  if (census === undefined) return 'none yet';
  const { at, gone } = census;
  const found = gone === 0 ? 'nothing more was gone' : `${plural(gone, 'issue')} more gone`;
  return `${ageWords(at, clock)}: ${found}`;
}

function crossChecks({ crossChecked, issues }: SourceStatus): readonly (readonly [string, string])[] {
  if (crossChecked === undefined) return [];
  const { checked, contradicted } = crossChecked;
  const found =
    contradicted === 0
      ? 'all agree with its second record of statuses'
      : `the tracker’s second record of statuses contradicts the history of ${contradicted.toLocaleString('en-US')}`;
  const of = `${checked.toLocaleString('en-US')} of ${issues.toLocaleString('en-US')} issues checked`;
  return [['Histories', `${of}: ${found}`]];
}

function pauses({ pauses }: SourceLimits, clock: Clock): readonly Block[] {
  return pauses.map(({ endpoint, until }) =>
    paragraph(`${endpoint ?? 'The tracker'} is left alone until ${momentWords(until, clock)}, as it asked.`),
  );
}

function ageWords(at: string, clock: Clock): string {
  return `${ago(clock.now - Date.parse(at))}, ${momentWords(at, clock)}`;
}

function momentWords(at: string, { timezone }: Clock): string {
  const instant = Date.parse(at);
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return `${longDay(dayOf(instant, timezone))}, ${time.format(instant)}`;
}
