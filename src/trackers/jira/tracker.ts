import type { Reference } from '#domain/reference.ts';
import { personHasher } from '../person.ts';
import { scopeOf } from '../scope.ts';
import type { LiveTracker, WalkPart } from '../tracker.ts';
import { forBulk } from '../transport.ts';
import type { TransportOptions } from '../transport-options.ts';
import type { Allowance } from './allowances.ts';
import { takeCensus } from './census.ts';
import { readChanges } from './changes.ts';
import { createJiraClient, type JiraClient } from './client.ts';
import { COMMENTS } from './comments.ts';
import { connectJira, type JiraLogin } from './connection.ts';
import type { JiraReading } from './events.ts';
import { DESCRIPTION } from './goal-texts.ts';
import { withoutLostProjects } from './lost-projects.ts';
import { jiraMemory } from './memory.ts';
import { readIssues } from './read.ts';
import { sweep } from './sweep.ts';
import { walkProject } from './walk.ts';

export interface JiraTrackerOptions {
  /** Id of the source in the configuration. */
  readonly source: string;
  /** Address of the site, as in `https://acme.atlassian.net`. */
  readonly url: string;
  readonly auth: JiraLogin;
  /** Keys of the projects to read. Default: all that the user can see. */
  readonly projects?: readonly string[];
  /** Ids or names of the site's own fields that gates ask for. Default: none. */
  readonly fields?: readonly string[];
  /** Whether comments are read for what they claim of an issue's end. Default: they are not. */
  readonly readsClaims?: boolean;
  /** Whether the texts of epics are read for what they say of goals. Default: they are not. */
  readonly readsGoals?: boolean;
  /** Secret that person hashes are made with. */
  readonly salt: string;
  readonly transport?: Pick<
    TransportOptions,
    'timeouts' | 'tries' | 'sleep' | 'random' | 'onAttempt' | 'budget' | 'slots' | 'patience'
  >;
  /** Where tokens with scopes are taken. Default: Atlassian's gateway. */
  readonly gateway?: string;
  readonly onProgress?: (progress: JiraProgress) => void;
}

/** How far a walk has come, told after every page of a search. */
export interface JiraProgress {
  /** Key of the project. */
  readonly part: string;
  /** Issues read since the walk began or resumed. */
  readonly issues: number;
}

/** A connected Jira site. */
export interface JiraTracker extends LiveTracker {
  /** What the site last said of its allowances; mostly nothing, since they are not for tokens of users. */
  readonly allowances: readonly Allowance[];
  remember(reference: Reference): void;
}

/** A Jira Cloud site, read with a user's API token. */
export function createJiraTracker(options: JiraTrackerOptions): JiraTracker {
  const { source, salt, projects: keys } = options;
  const siteUrl = options.url.replace(/\/+$/, '');
  const memory = jiraMemory(keys, options.fields);
  const connection = connectJira(options, memory);
  const personHash = personHasher(source, salt);
  const connect = (signal: AbortSignal | undefined): JiraClient =>
    createJiraClient(source, connection.transport, signal);
  const connectForBulk = (signal: AbortSignal | undefined): JiraClient =>
    createJiraClient(source, forBulk(connection.transport), signal);

  async function knowing(client: JiraClient): Promise<{ reading: JiraReading; isWide: boolean }> {
    const { fields, isWide, watch } = await memory.site(client);
    const { readsClaims = false, readsGoals = false } = options;
    const asked = [...fields.asked, ...(readsGoals ? [DESCRIPTION] : []), ...(readsClaims ? [COMMENTS] : [])];
    const reading = { source, fields: { ...fields, asked }, personHash, readsGoals, onIssue: watch.see };
    // With comments Jira gives a hundred issues at once, and they come with a search as well.
    return readsClaims ? { isWide: false, reading: { ...reading, siteUrl } } : { isWide, reading };
  }

  return {
    source,
    scope: scopeOf(keys),
    reads: { claims: options.readsClaims ?? false, goals: options.readsGoals ?? false },
    remember: memory.remember,
    overview: async (signal) => memory.overview(connect(signal), source),
    walk: async function* (part: WalkPart, resume, signal) {
      const client = connectForBulk(signal);
      const { reading, isWide } = await knowing(client);
      let issues = 0;
      const walked = walkProject(client, part, resume, reading, isWide, (count) => {
        issues += count;
        options.onProgress?.({ part: part.name, issues });
      });
      for await (const batch of walked) yield { ...batch, ...memory.learned() };
    },
    changes: async function* (since, stored, signal, storedSince) {
      const client = connect(signal);
      const following = { ...(await knowing(client)), stored, storedSince };
      const ids = await memory.projects(client, source);
      const followed = { source, ids, areNamed: keys !== undefined, keyOf: memory.keyOf };
      const batches = withoutLostProjects(client, followed, (projects) =>
        readChanges(client, since, { ...following, projects }),
      );
      for await (const batch of batches) yield { ...batch, ...memory.learned() };
    },
    read: async (ids, stored, signal) => {
      const client = connect(signal);
      const { reading, isWide } = await knowing(client);
      const projects = await memory.projects(client, source);
      return readIssues(client, ids, stored, projects, isWide, reading);
    },
    census: async (known, signal) => {
      const client = connectForBulk(signal);
      const projects = await memory.projects(client, source);
      const { keyOf } = memory;
      return takeCensus(client, { source, read: projects, known, keys, named: memory.named(), keyOf });
    },
    sweep: async (what, asOf, signal) => {
      const known = memory.known();
      return known && sweep(connect(signal), what, known, asOf);
    },
    get spend() {
      return connection.spend;
    },
    get allowances() {
      return connection.allowances;
    },
    [Symbol.asyncDispose]: () => connection.close(),
  };
}
