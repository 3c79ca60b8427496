import { Command, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import type { Environment, GlobalOptions } from './locate.ts';

/** What a command gets from outside: where results and remarks go, and the environment. */
export interface Terminal {
  readonly environment: Environment;
  /** Results, for people and machines: stdout. */
  readonly out: (text: string) => void;
  /** Progress and remarks: stderr, a line each. */
  readonly note: (line: string) => void;
  /** Aborted when someone wants the command to stop. */
  readonly signal: AbortSignal;
}

/** The command line. Each command is a file beside this one, loaded only when it is asked for. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('evenkeel')
    .description('Tells whether a team is set up for success, from the full history of its issues.')
    .version(packageJson.version)
    .option('--config <file>', 'configuration file (EVENKEEL_CONFIG; default evenkeel.yaml)')
    .option('--data <dir>', 'data folder (EVENKEEL_DATA; default .evenkeel)')
    .showHelpAfterError('(see evenkeel --help)')
    .exitOverride();
  const globals = () => program.opts<GlobalOptions>();
  const command = (name: string, text: string) =>
    program
      .command(name)
      .description(text)
      .exitOverride()
      // Accepted before and behind the command: people write them where they think of them.
      .addOption(new Option('--config <file>').hideHelp())
      .addOption(new Option('--data <dir>').hideHelp());

  command('demo', 'simulated trackers → sync → reports; serves until stopped')
    .option('--once', 'print the summary and exit')
    .option(
      '--history <file...>',
      'recorded Jira exports (.jsonl or .jsonl.gz) instead of the simulated organisation',
    )
    .option(
      '--port <number>',
      'port to serve on (default 7300, or a free one when that is taken)',
      portNumber,
    )
    .action(async (options) => (await import('./demo.ts')).demo({ ...globals(), ...options }, terminal));
  command('sync', 'bring the store up to date')
    .argument('[source...]', 'ids of sources; default: all')
    .option('--full', 'read everything again, and look for what is gone')
    .option('--accept-missing', 'look for what is gone, and believe it even if it is more than half')
    .action(async (sources, options) =>
      (await import('./sync.ts')).sync(sources, { ...globals(), ...options }, terminal),
    );
  command('report', 'print the report on a team')
    .argument('<team>', 'id of a team')
    .option('--as-of <date>', 'the report as of the end of a day, YYYY-MM-DD')
    .addOption(
      new Option('--format <format>', 'form of the report').choices(['json', 'md', 'html']).default('md'),
    )
    .action(async (team, options) =>
      (await import('./report.ts')).report(team, { ...globals(), ...options }, terminal),
    );
  command('risks', 'what keeps a team from succeeding, and what was decided about it')
    .argument('<team>', 'id of a team')
    .addOption(new Option('--format <format>', 'form of the list').choices(['json', 'md']).default('md'))
    .action(async (team, options) =>
      (await import('./risks.ts')).risks(team, { ...globals(), ...options }, terminal),
    );
  command('escalate', 'put a risk before leadership, with its numbers of the latest day')
    .argument('<risk>', 'id of a raised risk, such as payments/support_load')
    .option('--note <text>', 'whatever helps to decide')
    .action(async (risk, options) =>
      (await import('./escalate.ts')).escalate(risk, { ...globals(), ...options }, terminal),
    );
  command('decide', 'keep what leadership decided about an escalated risk')
    .argument('<escalation>', 'id of an escalation')
    .option('--accept', 'it is lived with')
    .option('--address', 'something is done about it')
    .requiredOption('--by <name>', 'who decides, in your words')
    .requiredOption('--until <date>', 'the last day that the decision holds, YYYY-MM-DD')
    .option('--note <text>', 'whatever helps to understand it later')
    .action(async (escalation, options) =>
      (await import('./decide.ts')).decide(escalation, { ...globals(), ...options }, terminal),
    );
  command('forecast', 'how many items by a date, when that many are done, or whether a milestone is')
    .argument('<team>', 'id of a team')
    .option('--items <number>', 'when will so many items be done?')
    .option(
      '--milestone <name>',
      'will a version or an epic, by name or key, be done by its date or by --by?',
    )
    .option('--by <date>', 'how many items will be done by the end of a day, YYYY-MM-DD?')
    .option('--as-of <date>', 'the forecast as of the end of a day, YYYY-MM-DD')
    .addOption(
      new Option('--method <method>', 'ours, or the usual simulation for comparison')
        .choices(['drift', 'classic'])
        .default('drift'),
    )
    .addOption(new Option('--format <format>', 'form of the answer').choices(['json', 'md']).default('md'))
    .action(async (team, options) =>
      (await import('./forecast.ts')).forecast(team, { ...globals(), ...options }, terminal),
    );
  command('backtest', 'what past forecasts would have been worth, ours beside other methods')
    .option('--team <id...>', 'teams of the configuration; default: all, unless a file is named')
    .option('--history <file...>', 'recorded Jira exports (.jsonl or .jsonl.gz)')
    .option('--completions <file>', 'completions per day as CSV: project,date,done (.csv or .csv.gz)')
    .option('--cap-bulk', 'cut mass closures of --completions down in what came of a forecast, too')
    .option('--horizons <days>', 'days ahead, with commas between', '28,56,84')
    .addOption(
      new Option('--format <format>', 'form of the result').choices(['md', 'csv', 'json']).default('md'),
    )
    .action(async (options) =>
      (await import('./backtest.ts')).backtest({ ...globals(), ...options }, terminal),
    );
  command('serve', 'pages, API and workers')
    .option('--port <number>', 'port to serve on, instead of the configured one', portNumber)
    .addOption(
      new Option('--role <role>', 'what this process does').choices(['all', 'web', 'worker']).default('all'),
    )
    .action(async (options) => (await import('./serve.ts')).serve({ ...globals(), ...options }, terminal));
  command('digest', 'the digest of what is stored of a source')
    .argument('<source>', 'id of a source')
    .option('--lines', 'the lines the digest is made of')
    .action(async (source, options) =>
      (await import('./digest.ts')).digest(source, { ...globals(), ...options }, terminal),
    );
  command('migrate', 'bring the database schema up to date, and exit').action(async (options) =>
    (await import('./migrate.ts')).migrate({ ...globals(), ...options }, terminal),
  );
  return program;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('a port is a whole number from 0 to 65535.');
}
