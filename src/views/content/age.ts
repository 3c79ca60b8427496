const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/**
 * How long ago something was, in the largest unit that fits.
 * @example ago(5 * 3_600_000) // => '5 hours ago'
 * @example ago(20_000) // => 'just now'
 */
export function ago(ms: number): string {
  const unit = UNITS.find(([, length]) => ms >= length);
  return unit ? RELATIVE.format(-Math.floor(ms / unit[1]), unit[0]) : 'just now';
}
