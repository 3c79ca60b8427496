import type { TeamView } from '#domain/team-view.ts';
import { storedView } from '#pipeline/assess-team.ts';
import type { GlobalOptions } from './locate.ts';
import { find, open } from './open.ts';
import type { Terminal } from './program.ts';
import { teamNamed } from './team-named.ts';

/** The whole of what is stored of teams, by default of every team of the configuration. */
export async function storedViews(
  options: GlobalOptions & { readonly team?: readonly string[] },
  terminal: Terminal,
): Promise<readonly TeamView[]> {
  const { config, ...located } = find(options, terminal);
  const asked = options.team ? [...new Set(options.team)].map((id) => teamNamed(config, id)) : config.teams;
  await using app = await open({ config, ...located }, terminal);
  const views: TeamView[] = [];
  for (const { id } of asked) views.push(await storedView(app.store, teamNamed(app.config, id)));
  return views;
}
