import { dayOf } from '#domain/calendar.ts';
import type { Issue } from '#domain/issue.ts';
import { TEAM_DEFAULTS, type Team } from '#domain/team.ts';
import { type SourceHistory, type TeamView, teamView } from '#domain/team-view.ts';
import { jiraFields } from '#trackers/jira/fields.ts';
import { normalizeIssue } from '#trackers/jira/normalize.ts';
import { historyPage, type JiraHistory, type JiraIssue, searchPage } from '#trackers/jira/schemas.ts';
import { personHasher } from '#trackers/person.ts';
import type { SourceFacts } from './answers.ts';

/** A batch of issues as its answers are parsed. */
export interface Parsed {
  readonly source: SourceFacts;
  readonly searches: readonly unknown[];
  readonly histories: readonly unknown[];
}

/** A batch that was found to be what we read of a tracker. */
export interface Checked {
  readonly source: SourceFacts;
  readonly issues: readonly JiraIssue[];
  readonly histories: ReadonlyMap<string, readonly JiraHistory[]>;
}

/** What `JiraClient.ask` does with an answer, and `readHistories` with many. */
export function checked({ source, searches, histories }: Parsed): Checked {
  const byIssue = new Map<string, JiraHistory[]>();
  for (const answer of histories) {
    for (const { issueId, changeHistories } of historyPage.parse(answer).issueChangeLogs) {
      const known = byIssue.get(issueId);
      if (known) known.push(...changeHistories);
      else byIssue.set(issueId, changeHistories);
    }
  }
  return {
    source,
    issues: searches.flatMap((answer) => searchPage.parse(answer).issues),
    histories: byIssue,
  };
}

/** Turns batches into our issues, as a walk through one source does. */
export function normaliser(): (batch: Checked) => readonly Issue[] {
  const readings = new Map<SourceFacts, Parameters<typeof normalizeIssue>[2]>();
  return ({ source: facts, issues, histories }) => {
    const { source } = facts.reference;
    const reading = readings.get(facts) ?? {
      source,
      fields: jiraFields([...facts.fields]),
      personHash: personHasher(source, 'bench'),
    };
    readings.set(facts, reading);
    return issues.map((issue) => normalizeIssue(issue, histories.get(issue.id) ?? [], reading));
  };
}

/** One team of all sources, on the first of their last days, when all of them were at work. */
export function viewOf(sources: ReadonlyMap<SourceFacts, readonly Issue[]>): TeamView {
  const facts = [...sources.keys()];
  const { timezone } = TEAM;
  const day = dayOf(Math.min(...facts.map(({ now }) => now)), timezone);
  const team: Team = { ...TEAM, scope: facts.map(({ reference }) => ({ source: reference.source })) };
  const histories = [...sources].map(([{ reference }, issues]): SourceHistory => ({ reference, issues }));
  return teamView(team, day, histories);
}

const TEAM = { ...TEAM_DEFAULTS, id: 'bench', name: 'Bench', timezone: 'America/New_York' };
