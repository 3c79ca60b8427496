const HIDDEN = '***';

// A secret shorter than this would blank ordinary words and protects nothing.
const SHORTEST_SECRET = 4;

/**
 * The text without credentials: the given secrets in every form they travel in (as they are, URL-encoded,
 * base64, inside JSON), and whatever looks like a credential on its own (an `Authorization` header,
 * a token in a query string, a user and password in a URL).
 */
export function redact(text: string, secrets: readonly string[]): string {
  const known = knownForms(secrets);
  return (known === undefined ? text : text.replace(known, HIDDEN))
    .replace(/(authorization["']?\s*[:=]\s*["']?)[^\r\n"']+/gi, `$1${HIDDEN}`)
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{16,}/gi, `$1 ${HIDDEN}`)
    .replace(/([?&][\w.-]*(?:token|key|secret|password|signature|jwt|code)=)[^&\s"'#)]+/gi, `$1${HIDDEN}`)
    .replace(/:\/\/[^\s/@]+@/g, `://${HIDDEN}@`);
}

/** Every secret that request headers carry: each value, the token after its scheme, and the parts of a Basic login. */
export function secretsIn(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(headers).flatMap((value) => {
    const [scheme, token] = value.trim().split(/\s+/, 2);
    if (scheme === undefined || token === undefined) return [value];
    if (scheme.toLowerCase() !== 'basic') return [value, token];
    const login = Buffer.from(token, 'base64').toString('utf8');
    const colon = login.indexOf(':');
    return [value, token, login, login.slice(0, Math.max(colon, 0)), login.slice(colon + 1)];
  });
}

function knownForms(secrets: readonly string[]): RegExp | undefined {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret.toWellFormed()),
      new URLSearchParams({ '': secret }).toString().slice(1),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      Buffer.from(secret).toString('base64url'),
    ]);
  if (forms.length === 0) return undefined;
  // Longest first, so that a password inside a login does not leave the rest of the login standing.
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'gi');
}
