import type { CalendarDay } from '#domain/calendar.ts';
import type { Decision, Escalation } from '#domain/decision.ts';
import type { Team } from '#domain/team.ts';
import { decidedWords } from '#report/decided-words.ts';
import { longDay } from '#report/words.ts';
import type { Decided, Risk } from '#risks/risk.ts';
import { markdownText } from './markdown-text.ts';

/** What is raised of a team on a day, as a list to pick from: each risk with its id and how it stands. */
export interface RiskList {
  readonly team: Pick<Team, 'id' | 'name'>;
  readonly asOf: CalendarDay;
  readonly risks: readonly Risk[];
}

export function risksMarkdown({ team, asOf, risks }: RiskList): string {
  const items = risks.map((risk) => {
    const { lead = 'Open.', rest = '' } = decidedWords(risk, asOf) ?? {};
    return [
      `## ${markdownText(risk.statement)}`,
      markdownText(risk.costMeans),
      markdownText(`${lead} ${rest}`.trim()),
      `Its id: \`${risk.id}\``,
    ].join('\n\n');
  });
  return parts(
    `# Risks of ${markdownText(team.name)}`,
    `As of the end of ${longDay(asOf)}.`,
    ...(items.length === 0 ? ['Nothing is raised.'] : items),
  );
}

/** An escalation, with how it is decided. */
export function escalationMarkdown({ id, risk, note, told }: Escalation): string {
  return parts(
    `Escalated as \`${id}\`: the risk \`${risk}\`, as of the end of ${longDay(told.day)}.`,
    markdownText(told.statement),
    `**Accepting it means:** ${markdownText(told.acceptMeans)}`,
    note === undefined ? '' : markdownText(`Note: ${note}`),
    `Decide with \`evenkeel decide ${id} --accept --by NAME --until DATE\`, or \`--address\` in place of \`--accept\`.`,
  );
}

/** A decision. `shownFrom`: the day from which on reports tell it, where the data do not reach so far yet. */
export function decisionMarkdown(decision: Decision, shownFrom: CalendarDay | undefined): string {
  const { told, risk, note } = decision;
  const decided: Decided = { ...decision, asOf: told.day };
  const status = decision.decision === 'accept' ? 'accepted' : 'addressed';
  const { lead = '', rest = '' } = decidedWords({ status, decision: decided }, told.day) ?? {};
  return parts(
    markdownText(`${lead} ${rest}`),
    `The risk \`${risk}\`, as of the end of ${longDay(told.day)}: ${markdownText(told.statement)}`,
    note === undefined ? '' : markdownText(`Note: ${note}`),
    shownFrom === undefined
      ? ''
      : `Reports as of ${longDay(shownFrom)} and later tell it: what was read reaches to the day above.`,
  );
}

function parts(...some: readonly string[]): string {
  return some
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}
