import { type Logger, pino } from 'pino';
import type { JobEvent } from '#workers/start.ts';

/** The log of a serving process: JSON lines on stderr, since stdout is for results. */
export function serverLog(): Logger {
  return pino({ name: 'evenkeel' }, pino.destination({ dest: 2, sync: true }));
}

/** Tells the log how each job ended. A failed one that is tried again is a warning, one that is given up an error. */
export function logJob(log: Logger): (event: JobEvent) => void {
  return ({ name, payload, outcome, final, error }) => {
    const job = { job: name, payload };
    switch (outcome) {
      case 'completed':
        log.info(job, 'job completed');
        return;
      case 'delayed':
        log.warn({ ...job, reason: error?.message }, 'job put off');
        return;
      case 'stalled':
        log.warn(job, 'job lost its worker and is done again');
        return;
      case 'failed':
        if (final) log.error({ ...job, reason: error?.message }, 'job given up');
        else log.warn({ ...job, reason: error?.message }, 'job failed and is tried again');
        return;
      default:
        outcome satisfies never;
    }
  };
}
