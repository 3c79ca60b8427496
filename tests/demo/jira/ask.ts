import { z } from 'zod';
import { type JiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';

const { email, apiToken } = SIMULATED_ACCOUNT;
const AUTHORIZATION = `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`;

/** Sends one authorised request: GET, or POST when there is a body. */
export async function ask(
  { url }: Pick<JiraSimulator, 'url'>,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(url + path, {
    headers: { authorization: AUTHORIZATION, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The JSON of an answer that must be 200, in the shape the test expects. */
export async function askFor<Schema extends z.ZodType>(
  simulator: Pick<JiraSimulator, 'url'>,
  schema: Schema,
  path: string,
  body?: unknown,
): Promise<z.infer<Schema>> {
  const response = await ask(simulator, path, body);
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return schema.parse(await response.json());
}

/** The first message of an error answer, with its status. */
export async function refusal(response: Response): Promise<string> {
  const { errorMessages } = z.object({ errorMessages: z.array(z.string()) }).parse(await response.json());
  return `${response.status} ${errorMessages[0]}`;
}

export const issuePage = z.object({
  issues: z.array(z.looseObject({ id: z.string() })),
  isLast: z.boolean(),
  nextPageToken: z.string().optional(),
});

export const historyPage = z.object({
  issueChangeLogs: z.array(
    z.object({
      issueId: z.string(),
      changeHistories: z.array(z.looseObject({ id: z.string(), created: z.number() })),
    }),
  ),
  nextPageToken: z.string().nullable(),
});
