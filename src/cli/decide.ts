import { dayOf, parseDay } from '#domain/calendar.ts';
import { decide as keepDecision } from '#pipeline/decide.ts';
import { decisionMarkdown } from '#views/decisions.ts';
import { UsageError } from './exit-code.ts';
import type { GlobalOptions } from './locate.ts';
import { find, open } from './open.ts';
import type { Terminal } from './program.ts';
import { teamNamed } from './team-named.ts';
import { typedLine } from './typed-line.ts';

interface DecideOptions extends GlobalOptions {
  readonly accept?: boolean;
  readonly address?: boolean;
  readonly by: string;
  readonly until: string;
  readonly note?: string;
}

/** `evenkeel decide ESCALATION`: keeps that the risk is accepted or is to be addressed, by whom and until when. */
export async function decide(escalation: string, options: DecideOptions, terminal: Terminal): Promise<void> {
  const asked = { escalation, ...askedIn(options) };
  await using app = await open(find(options, terminal), terminal);
  const decision = await keepDecision(app.store, app.config.teams, asked, app.presentOf);
  const { timezone } = teamNamed(app.config, decision.team);
  const recordedOn = dayOf(decision.recordedAt, timezone);
  terminal.out(decisionMarkdown(decision, recordedOn > decision.told.day ? recordedOn : undefined));
}

function askedIn({ accept, address, by, until: text, note }: DecideOptions) {
  if ((accept ?? false) === (address ?? false)) {
    throw new UsageError('Say what was decided: --accept, or --address.');
  }
  const until = parseDay(text);
  if (until === undefined) {
    throw new UsageError(`"${text}" is no date. Write --until as YYYY-MM-DD, such as 2026-03-20.`);
  }
  return {
    decision: accept ? ('accept' as const) : ('address' as const),
    by: typedLine('--by', by, 100),
    until,
    ...(note === undefined ? {} : { note: typedLine('--note', note, 1000) }),
  };
}
