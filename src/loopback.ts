/**
 * Whether a host name or an address is reached from this machine only: what may be spoken to in plain text, and what
 * may be listened on without a token. IPv6 may stand in the brackets of an address.
 */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
