import { z } from 'zod';

/** One GraphQL request, as the body of a POST says it. */
export interface Question {
  readonly query: string;
  /** Which operation of the query is meant, where the request says so. */
  readonly operationName: string | undefined;
  /** What the operation is called, by the request or else by the query. */
  readonly name: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What stands for the question of a request that holds none. */
export const NO_QUESTION: Question = { query: '', operationName: undefined, name: undefined, variables: {} };

/** The question in a body; undefined when there is none. */
export function questionIn(body: unknown): Question | undefined {
  const parsed = questionBody.safeParse(body);
  if (!parsed.success) return undefined;
  const { query, operationName, variables } = parsed.data;
  const name = operationName ?? /\bquery\s+(\w+)/.exec(query)?.[1];
  return { query, operationName: operationName ?? undefined, name, variables: variables ?? {} };
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
