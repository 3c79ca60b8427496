import { pino } from 'pino';
import type { ServerDependencies } from '#http/dependencies.ts';

export interface LogLine {
  readonly level: number;
  readonly msg?: string;
  readonly reqId?: string;
}

/** A logger, and what it wrote. */
export function logLines(): {
  readonly log: NonNullable<ServerDependencies['log']>;
  readonly lines: readonly LogLine[];
} {
  const lines: LogLine[] = [];
  const write = (text: string): void => {
    lines.push(JSON.parse(text) as LogLine);
  };
  return { log: pino({ level: 'debug' }, { write }), lines };
}
