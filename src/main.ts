import { existsSync } from 'node:fs';
import { CommanderError } from 'commander';
import { EXIT, exitCodeOf } from '#cli/exit-code.ts';
import { createProgram } from '#cli/program.ts';
import { stopSignal } from '#cli/stop-signal.ts';

/** Runs a command line and returns its exit code. The only place that reads the process's environment. */
export async function main(argv: readonly string[]): Promise<number> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  // A reader that has seen enough, as `head` has, is no failure.
  process.stdout.on('error', (error) => {
    if (!('code' in error && error.code === 'EPIPE')) throw error;
  });
  const program = createProgram({
    environment: process.env,
    out: (text) => process.stdout.write(text),
    note: (text) => process.stderr.write(`${text}\n`),
    signal: stopSignal(),
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    // Commander has printed its own message, and reports `--help` as an error with code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    process.stderr.write(`${explain(error)}\n`);
    return exitCodeOf(error);
  }
}

/** Our own errors say it all in their message; of anything else the stack is what a report of it needs. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isOurs = 'code' in error && typeof error.code === 'string' && error.constructor !== Error;
  const because = error.cause instanceof Error ? `\n  because: ${error.cause.message}` : '';
  return isOurs ? `${error.message}${because}` : (error.stack ?? error.message);
}
