import { pathText } from './path-text.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Keys whose value must be a reference: a secret written into a file ends up in a repository. */
const SECRET_PATH = /(^|\.)(apiToken|apiKey|webhookSecret)$|^server\.tokens\[\d+\]$/;

/** Whether what stands there may not be shown to anybody. */
export function isSecret(path: readonly PropertyKey[]): boolean {
  return SECRET_PATH.test(pathText(path));
}

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** A document with the values of environment variables in the place of `${NAME}`. Tells `report` what cannot be. */
export function resolveReferences(
  value: unknown,
  path: readonly PropertyKey[],
  environment: Environment,
  report: (path: readonly PropertyKey[], message: string) => void,
): unknown {
  if (typeof value === 'string') {
    if (isSecret(path) && value.replace(REFERENCE, '') !== '') {
      report(
        path,
        'a secret may not stand in this file: put it into an environment variable and write ${NAME}',
      );
      return value;
    }
    return value.replace(REFERENCE, (_, name: string) => {
      const found = environment[name];
      if (found === undefined || found === '') {
        report(path, `the environment variable ${name} is not set; set it, or add it to .env`);
        return 'unset';
      }
      return found;
    });
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => resolveReferences(item, [...path, i], environment, report));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        resolveReferences(item, [...path, key], environment, report),
      ]),
    );
  }
  return value;
}
