import { isLoopback } from '../loopback.ts';
import type { TransportRequest } from './transport.ts';

/**
 * The base address of a tracker, checked: https, or http to this machine, and no user or password in it.
 * Returns what is wrong, in words, when it may not be used.
 */
export function checkAddress(baseUrl: string): URL | string {
  const url = URL.parse(baseUrl);
  if (url === null) return 'is not a URL';
  if (url.username !== '' || url.password !== '') return 'has a user or a password in it';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return url;
  return 'is neither https nor on this machine, so credentials would travel unprotected';
}

/** The address of one request. An array in the query becomes one parameter per element, undefined none. */
export function addressOf(base: URL, { path, query = {} }: TransportRequest): URL {
  if (!path.startsWith('/')) throw new RangeError(`a path begins with a slash: ${path}`);
  const url = new URL(base.origin + base.pathname.replace(/\/$/, '') + path);
  for (const [name, value] of Object.entries(query)) {
    for (const item of [value].flat()) {
      if (item !== undefined) url.searchParams.append(name, String(item));
    }
  }
  return url;
}
