import { ConfigError } from '#config/config-error.ts';
import { DayAfterDataError } from '#pipeline/assess-team.ts';
import { DecisionError, type DecisionErrorCode } from '#pipeline/decision-error.ts';
import { TrackerError } from '#trackers/tracker-error.ts';
import { StoppedError } from './stop-signal.ts';

/** What a command's end tells a script. */
export const EXIT = { done: 0, failed: 1, usage: 2, configuration: 3, incomplete: 4 } as const;

/** Asked for something that is not there, or in a form that is not understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'USAGE';
}

/** A source could not be read completely; what was stored before still stands. */
export class IncompleteSyncError extends Error {
  override readonly name = 'IncompleteSyncError';
  readonly code = 'SYNC_INCOMPLETE';
}

/** The exit code an error ends a command with. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError || error instanceof DayAfterDataError) return EXIT.usage;
  if (error instanceof DecisionError) return MISASKED.has(error.code) ? EXIT.usage : EXIT.failed;
  if (error instanceof ConfigError) return EXIT.configuration;
  const isIncomplete = [TrackerError, IncompleteSyncError, StoppedError].some(
    (kind) => error instanceof kind,
  );
  if (isIncomplete) return EXIT.incomplete;
  return EXIT.failed;
}

/** Asked for otherwise, these would not have come; of the others, what is recorded or raised stands in the way. */
const MISASKED: ReadonlySet<DecisionErrorCode> = new Set([
  'UNKNOWN_RISK',
  'UNKNOWN_ESCALATION',
  'UNTIL_PASSED',
]);
