import { FailedExchange, type Failure } from './failure.ts';
import { redact } from './redact.ts';
import { TrackerError } from './tracker-error.ts';

// Enough for a sentence or two; an error page is not worth more of a log.
const MOST_WORDS = 300;

export interface Circumstances {
  readonly source: string;
  /** Method, address without query, number of tries. */
  readonly where: string;
  /** How long the tracker should now be left alone, milliseconds. */
  readonly rest: number;
  readonly secrets: readonly string[];
  readonly cause: unknown;
}

/** The error that is handed back when trying again is over. */
export function giveUp(
  failure: Failure,
  { source, where, rest, secrets, cause }: Circumstances,
): TrackerError {
  return new TrackerError(failure.kind, {
    source,
    message: redact(`${source} ${failure.what} (${where}). ${failure.remedy}`, secrets),
    status: failure.status,
    retryAfterMs: failure.kind === 'rate_limited' && failure.retry ? rest : failure.retryAfterMs,
    cause: withoutSecrets(cause instanceof FailedExchange ? cause.cause : cause, secrets),
  });
}

/** The failure with the tracker's own words worked into it: free of secrets and control characters, and short. */
export function presentable({ words = '', ...failure }: Failure, secrets: readonly string[]): Failure {
  // Secrets go first: cutting one in two would leave half of it standing.
  const clean = redact(words, secrets)
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim();
  const short = clean.length > MOST_WORDS ? `${clean.slice(0, MOST_WORDS)}…` : clean;
  return {
    ...failure,
    what: redact(short === '' ? failure.what : `${failure.what}, saying “${short}”`, secrets),
  };
}

// The errors of HTTP clients and parsers quote what they stumbled over, and an answer may echo the request.
function withoutSecrets(error: unknown, secrets: readonly string[]): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  const safe = new Error(redact(error.message, secrets));
  return 'code' in error ? Object.assign(safe, { code: error.code }) : safe;
}
