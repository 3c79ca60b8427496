import { raisedRisks } from '#pipeline/raised-risks.ts';
import { risksMarkdown } from '#views/decisions.ts';
import { jsonText } from '#views/json.ts';
import type { GlobalOptions } from './locate.ts';
import { find, open } from './open.ts';
import type { Terminal } from './program.ts';
import { teamNamed } from './team-named.ts';

interface RisksOptions extends GlobalOptions {
  readonly format: 'json' | 'md';
}

/** `evenkeel risks TEAM`: what is raised, as the report of the latest day tells it, and how each stands. */
export async function risks(teamId: string, options: RisksOptions, terminal: Terminal): Promise<void> {
  const { config, ...located } = find(options, terminal);
  teamNamed(config, teamId);
  await using app = await open({ config, ...located }, terminal);
  const team = teamNamed(app.config, teamId);
  const { view, risks: raised } = await raisedRisks(app.store, team);
  const list = { team: { id: team.id, name: team.name }, asOf: view.day, risks: raised };
  terminal.out(options.format === 'json' ? jsonText(list) : risksMarkdown(list));
}
