import { hash } from 'node:crypto';

/** As long as a title may be; what is longer is somebody's text. */
export const LONGEST_VALUE = 255;

/** How a value is kept: what is longer than a title as a hash, since that it changed matters and what it says does not. */
export function storedText(value: string): string {
  return value.length > LONGEST_VALUE ? hashedText(value) : value;
}

export function hashedText(value: string): string {
  return `sha256:${hash('sha256', value, 'hex')}`;
}
