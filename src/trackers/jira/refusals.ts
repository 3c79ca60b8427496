import { TrackerError, type TrackerErrorKind } from '../tracker-error.ts';

/**
 * `unauthorized` cannot be the credentials, which were good a moment ago: a token with scopes lacks one. A board
 * that has no sprints calls the question `rejected`.
 */
const REFUSALS: ReadonlySet<TrackerErrorKind> = new Set([
  'unauthorized',
  'forbidden',
  'not_found',
  'gone',
  'rejected',
]);

/** The answer to a question that a site may decline for good; undefined when it does. */
export async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  return (await orRefusal(answer)).answer;
}

/** The same, with what kind of refusal it was. */
export async function orRefusal<T>(
  answer: Promise<T>,
): Promise<
  | { readonly answer: T; readonly refusal?: undefined }
  | { readonly answer?: undefined; readonly refusal: TrackerErrorKind }
> {
  try {
    return { answer: await answer };
  } catch (error) {
    if (error instanceof TrackerError && REFUSALS.has(error.kind)) return { refusal: error.kind };
    throw error;
  }
}
