import { stringify } from 'yaml';
import { parseConfig } from '#config/load.ts';
import { startSimulation } from '#demo/simulation.ts';
import { type TeamView, teamView } from '#domain/team-view.ts';
import { readSource } from '#pipeline/read-source.ts';
import { connect } from '../app.ts';
import { DEMO_TOKEN } from './locate.ts';
import type { Terminal } from './program.ts';

/** Recorded exports, through the simulated tracker's HTTP and our reader of it, into memory. */
export async function recordedViews(
  files: readonly string[],
  terminal: Terminal,
): Promise<readonly TeamView[]> {
  await using simulation = await startSimulation(files, `\${${DEMO_TOKEN}}`);
  const config = parseConfig(stringify(simulation.document), 'the recorded histories', {
    [DEMO_TOKEN]: simulation.token,
  });
  const views: TeamView[] = [];
  for (const team of config.teams) {
    // One team and one tracker for each file. Nothing is kept, so that any salt will do.
    await using tracker = connect(config, team.scope[0]?.source ?? '', 'backtest');
    const { history, lastDay } = await readSource(tracker, terminal.signal);
    terminal.note(`${team.id}: ${history.issues.length.toLocaleString('en-US')} issues read`);
    views.push(teamView(team, lastDay(team.timezone), [history]));
  }
  return views;
}
