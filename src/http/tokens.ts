import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * A check of tokens that takes the same time whatever it is given: digests are of one length, and every token is
 * compared.
 */
export function tokenCheck(tokens: readonly string[]): (given: string | undefined) => boolean {
  const known = tokens.map(digest);
  return (given) => {
    const asked = digest(given ?? '');
    const matches = known.filter((token) => timingSafeEqual(token, asked));
    return given !== undefined && matches.length > 0;
  };
}

/** The token of `Authorization: Bearer …`. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** The password of `Authorization: Basic …`, which is how a browser can send a token; the user name does not matter. */
export function basicPassword(authorization: string | undefined): string | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : text.slice(colon + 1);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
