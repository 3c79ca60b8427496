import { escalate as keepEscalation } from '#pipeline/decide.ts';
import { teamOfRisk } from '#pipeline/raised-risks.ts';
import { escalationMarkdown } from '#views/decisions.ts';
import type { GlobalOptions } from './locate.ts';
import { find, open } from './open.ts';
import type { Terminal } from './program.ts';
import { typedLine } from './typed-line.ts';

interface EscalateOptions extends GlobalOptions {
  readonly note?: string;
}

/** `evenkeel escalate RISK`: puts a raised risk before leadership, in the words and numbers of the latest day. */
export async function escalate(risk: string, options: EscalateOptions, terminal: Terminal): Promise<void> {
  const note = options.note === undefined ? {} : { note: typedLine('--note', options.note, 1000) };
  const { config, ...located } = find(options, terminal);
  teamOfRisk(config.teams, risk);
  await using app = await open({ config, ...located }, terminal);
  terminal.out(
    escalationMarkdown(await keepEscalation(app.store, app.config.teams, { risk, ...note }, app.presentOf)),
  );
}
