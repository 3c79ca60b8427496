import { isLoopback } from '../loopback.ts';

/**
 * Whether a request reached us by a name that is ours. A foreign name that resolves to our address belongs to a web
 * page that wants to read us through its visitor's browser (DNS rebinding). No such page can stand behind a loopback
 * name, so those always pass.
 */
export function isOurHost(header: string | undefined, ours: readonly string[]): boolean {
  const host = header?.toLowerCase();
  const name = host === undefined ? undefined : hostname(host);
  if (host === undefined || name === undefined) return false;
  return isLoopback(name) || ours.some((own) => [host, name].includes(own.toLowerCase()));
}

/** Whether the page that sent a request was served under the same name and port as it asks for. */
export function isSameOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}

/** `name:port` or `[v6 address]:port` without the port; undefined for anything else. */
function hostname(host: string): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/.exec(host);
  return match?.[1] ?? match?.[2];
}
