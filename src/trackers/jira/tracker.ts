import { personHasher } from '../person.ts';
import type { Tracker } from '../tracker.ts';
import { createTransport } from '../transport.ts';
import type { TransportOptions } from '../transport-options.ts';
import { classifyJira, createJiraClient, type JiraClient } from './client.ts';
import { type JiraFields, jiraFields } from './fields.ts';
import { readOverview } from './overview.ts';
import { fieldList } from './schemas.ts';
import { walkProject } from './walk.ts';

export interface JiraTrackerOptions {
  /** Id of the source in the configuration. */
  readonly source: string;
  /** Address of the site, as in `https://acme.atlassian.net`. */
  readonly url: string;
  readonly auth: { readonly email: string; readonly apiToken: string };
  /** Keys of the projects to read. Default: all that the user can see. */
  readonly projects?: readonly string[];
  /** Secret that person hashes are made with. */
  readonly salt: string;
  readonly transport?: Pick<TransportOptions, 'timeouts' | 'tries' | 'sleep' | 'random' | 'onAttempt'>;
  readonly onProgress?: (progress: JiraProgress) => void;
}

/** How far a walk has come, told after every page of a search. */
export interface JiraProgress {
  /** Key of the project. */
  readonly part: string;
  /** Issues read since the walk began or resumed. */
  readonly issues: number;
}

/** A Jira Cloud site, read with a user's API token. */
export function createJiraTracker(options: JiraTrackerOptions): Tracker {
  const { source, url, auth, salt } = options;
  const login = Buffer.from(`${auth.email}:${auth.apiToken}`).toString('base64');
  const transport = createTransport({
    ...options.transport,
    name: source,
    baseUrl: url,
    headers: { authorization: `Basic ${login}` },
    classify: classifyJira,
  });
  const personHash = personHasher(source, salt);
  let fields: JiraFields | undefined;

  async function readFields(client: JiraClient): Promise<JiraFields> {
    const { data } = await client.ask(fieldList, ({ cloud }, jira) => cloud.getFields(jira));
    return jiraFields(data);
  }

  return {
    source,
    overview: async (signal) => {
      const client = createJiraClient(source, transport, signal);
      const overview = await readOverview(client, source, options.projects);
      fields = await readFields(client);
      return overview;
    },
    walk: async function* (part, resume, signal) {
      const client = createJiraClient(source, transport, signal);
      fields ??= await readFields(client);
      let issues = 0;
      yield* walkProject(client, part, resume, { source, fields, personHash }, (count) => {
        issues += count;
        options.onProgress?.({ part: part.name, issues });
      });
    },
    get spend() {
      return transport.spend;
    },
    [Symbol.asyncDispose]: () => transport.close(),
  };
}
