import { z } from 'zod';
import { type LinearSimulator, SIMULATED_API_KEY } from '#demo/linear/server.ts';

/** Sends one authorised question. */
export async function ask(
  { url }: Pick<LinearSimulator, 'url'>,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  init: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    body: JSON.stringify({ query, variables }),
    ...init,
    headers: { authorization: SIMULATED_API_KEY, 'content-type': 'application/json', ...init.headers },
  });
}

/** The data of an answer that must be whole, in the shape the test expects. */
export async function askFor<Schema extends z.ZodType>(
  simulator: Pick<LinearSimulator, 'url'>,
  schema: Schema,
  query: string,
  variables?: Readonly<Record<string, unknown>>,
): Promise<z.infer<Schema>> {
  const response = await ask(simulator, query, variables);
  const body = z.object({ data: z.unknown(), errors: z.unknown().optional() }).parse(await response.json());
  if (response.status !== 200 || body.errors !== undefined) {
    throw new Error(`${response.status} ${JSON.stringify(body.errors)}`);
  }
  return schema.parse(body.data);
}

/** The first error of an answer: its status, code, and what people are told. */
export async function refusal(response: Response): Promise<string> {
  const { errors } = z
    .object({
      errors: z.array(
        z.object({
          message: z.string(),
          extensions: z.object({ code: z.string(), userPresentableMessage: z.string().optional() }),
        }),
      ),
    })
    .parse(await response.json());
  const [error] = errors;
  return `${response.status} ${error?.extensions.code} ${error?.extensions.userPresentableMessage ?? error?.message}`;
}

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

/** A connection of these nodes, with or without what leads to the next page. */
export function connection<Node extends z.ZodType>(node: Node) {
  return z.object({ nodes: z.array(node), pageInfo: pageInfo.optional() });
}
