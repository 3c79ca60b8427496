import type { Config } from '#config/config.ts';
import { expiryWarning } from '#domain/token-expiry.ts';

/** What to say of every source whose token expires soon, where the configuration tells when. */
export function expiryWarnings(config: Config, now: number): readonly string[] {
  return config.sources.flatMap(({ id, auth }) => {
    const warning = expiryWarning(id, 'expires' in auth ? auth.expires : undefined, now);
    return warning === undefined ? [] : [warning];
  });
}
