import { z } from 'zod';

/** One GraphQL request, as the body of a POST says it. */
export interface Question {
  readonly query: string;
  /** As the request or else the query gives it. */
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What stands for the question of a request that holds none. */
export const NO_QUESTION: Question = { query: '', operationName: undefined, variables: {} };

/** The question in a body; undefined when there is none. */
export function questionIn(body: unknown): Question | undefined {
  const parsed = questionBody.safeParse(body);
  if (!parsed.success) return undefined;
  const { query, operationName, variables } = parsed.data;
  const named = operationName ?? /\bquery\s+(\w+)/.exec(query)?.[1];
  return { query, operationName: named, variables: variables ?? {} };
}

/** Whether it asks for a page that comes after another. */
export function followsPage({ query, variables }: Question): boolean {
  const cursors = Object.entries(variables).filter(([name]) => /after/i.test(name));
  return /\bafter:\s*"/.test(query) || cursors.some(([, value]) => typeof value === 'string');
}

const questionBody = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});
