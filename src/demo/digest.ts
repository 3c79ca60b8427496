import { createHash, createHmac } from 'node:crypto';

/** Under whose name a digest is made: persons are hashed with both, so two sources never share a person hash. */
export interface DigestIdentity {
  readonly sourceId: string;
  readonly salt: string;
}

/** An event as a digest line has it. */
export type DigestEvent = readonly [
  at: number,
  eventId: string,
  itemIndex: number,
  field: string,
  from: string | null,
  to: string | null,
];

/** SHA-256 (hex) over the lines, each followed by a newline. */
export function digestOfLines(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${line}\n`);
  return hash.digest('hex');
}

export function personHash(accountId: string | null, { sourceId, salt }: DigestIdentity): string | null {
  if (accountId === null) return null;
  return createHmac('sha256', salt).update(`${sourceId}:${accountId}`).digest('hex').slice(0, 16);
}

export const LONGEST_PLAIN_VALUE = 255;

/** What people wrote, as it is compared: its hash. */
export function hashedText(value: string): string {
  return `sha256:${createHash('sha256').update(value, 'utf8').digest('hex')}`;
}

/** Oldest first; at one instant by event id (shorter ones first), then by place. */
export function compareEvents(a: DigestEvent, b: DigestEvent): number {
  return a[0] - b[0] || a[1].length - b[1].length || byCodeUnit(a[1], b[1]) || a[2] - b[2];
}

export function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
