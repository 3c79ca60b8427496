import type { Reference } from '#domain/reference.ts';
import { personHasher } from '../person.ts';
import { scopeOf } from '../scope.ts';
import type { LiveTracker, WalkPart } from '../tracker.ts';
import { createTransport, forBulk } from '../transport.ts';
import type { TransportOptions } from '../transport-options.ts';
import { readLinearLimits } from './allowances.ts';
import { issueIds, partStates } from './census.ts';
import { OVERLAP_MS, readChanges } from './changes.ts';
import {
  type Claims,
  changedWithClaims,
  type HeardComments,
  readClaims,
  readWithClaims,
  walkedWithClaims,
} from './claims.ts';
import { classifyLinear } from './classify.ts';
import { createLinearClient, type LinearClient } from './client.ts';
import { crossCheck } from './cross-check.ts';
import { pollQuestion } from './documents.ts';
import type { LinearReading } from './events.ts';
import { type Links, readLinks } from './links.ts';
import { type Names, namesAt, namesIn, remembered } from './names.ts';
import { readIssues } from './read.ts';
import { referenceOf } from './reference.ts';
import type { Offered } from './reference-kinds.ts';
import { EVERYTHING, withRefused, worthAsking } from './refused.ts';
import { type Memberships, readMemberships } from './releases.ts';
import { type NamedTeams, namedTeams, partsOf, teamFilter } from './teams.ts';
import { walkIssues } from './walk.ts';
import { readWorkspace, unlessRefused, type Workspace } from './workspace.ts';

export interface LinearTrackerOptions {
  /** Id of the source in the configuration. */
  readonly source: string;
  /** Address of the API. Default: Linear's. */
  readonly url?: string;
  readonly auth: { readonly apiKey: string };
  /** Keys, ids or names of the teams to read. Default: the whole workspace. */
  readonly teams?: readonly string[];
  /** Whether comments are read for what they claim of an issue's end. Default: they are not. */
  readonly readsClaims?: boolean;
  /** Whether the texts of projects are read for what they say of goals. Default: they are not. */
  readonly readsGoals?: boolean;
  /** Secret that person hashes are made with. */
  readonly salt: string;
  readonly transport?: Pick<
    TransportOptions,
    'timeouts' | 'tries' | 'sleep' | 'random' | 'now' | 'onAttempt' | 'budget' | 'slots' | 'patience'
  >;
}

export const LINEAR_API = 'https://api.linear.app/graphql';

/** A Linear workspace, read with a user's API key. */
export function createLinearTracker(options: LinearTrackerOptions): LiveTracker {
  const { source, url = LINEAR_API, auth, teams, salt, readsClaims = false, readsGoals = false } = options;
  const transport = createTransport({
    ...options.transport,
    name: source,
    baseUrl: url.replace(/\/graphql\/?$/, ''),
    // An API key stands bare; only OAuth tokens follow the word Bearer.
    headers: { authorization: auth.apiKey },
    classify: classifyLinear,
    readLimits: readLinearLimits,
  });
  const personHash = personHasher(source, salt);
  const connect = (signal: AbortSignal | undefined): LinearClient =>
    createLinearClient(source, transport, signal);
  const connectForBulk = (signal: AbortSignal | undefined): LinearClient =>
    createLinearClient(source, forBulk(transport), signal);
  let names: Names | undefined;
  /** Which teams the names of the configuration stand for, whatever these are called now. */
  let named: NamedTeams = {};
  /** What Linear gave us when it was last asked: polls ask for no more, until the workspace is read again. */
  let offered: Offered = EVERYTHING;
  /** What the workspace said of itself last. */
  let before: Reference | undefined;
  /** When it was last asked for everything, by its clock. */
  let askedInFullAt: number | undefined;
  /** Whether there is any release to ask about. */
  let hasReleases = true;
  let links: Promise<Links> | undefined;
  let memberships: Promise<Memberships> | undefined;
  let claims: Promise<Claims> | undefined;
  /** The newest change of the reference that what was read of it holds. */
  let referenceUpTo = Number.NEGATIVE_INFINITY;

  async function workspaceNow(client: LinearClient, expected = offered): Promise<Workspace> {
    const workspace = await readWorkspace(client, expected, readsGoals);
    ({ offered } = workspace);
    if (expected.initiatives && expected.releases) askedInFullAt = workspace.date;
    hasReleases = workspace.lists.releases.length > 0;
    names = namesIn(workspace.lists);
    named = namedTeams(workspace.lists.teams, teams ?? [], named);
    return workspace;
  }

  async function known(client: LinearClient): Promise<Names> {
    return names ?? namesIn((await workspaceNow(client)).lists);
  }

  function said(workspace: Workspace): Reference {
    const asked = { ...workspace, askedInFullAt };
    const now = referenceOf(source, url, asked, referenceUpTo, teams && named);
    before = withRefused(now, before, workspace.offered);
    return before;
  }

  const readingOf = (known: Names): LinearReading => ({ source, personHash, nameOf: (id) => known.get(id) });

  return {
    source,
    scope: scopeOf(teams),
    reads: { claims: readsClaims, goals: readsGoals },
    remember: (reference) => {
      before = reference;
      const known = remembered(reference);
      askedInFullAt ??= known?.askedInFullAt;
      names ??= known?.names;
      named = { ...known?.named, ...named };
      offered = {
        initiatives: offered.initiatives && (known?.withInitiatives ?? true),
        releases: offered.releases && (known?.withReleases ?? true),
      };
      referenceUpTo = Math.max(referenceUpTo, known?.upTo ?? referenceUpTo);
    },
    overview: async (signal) => {
      const workspace = await workspaceNow(connect(signal), EVERYTHING);
      // Its clock tells seconds, and the rest of this one may have brought something since.
      referenceUpTo = workspace.date - 1;
      links = undefined;
      memberships = undefined;
      claims = undefined;
      return {
        reference: said(workspace),
        parts: partsOf(workspace, source, teams, named),
        trackerNow: workspace.date,
      };
    },
    walk: async function* (part, resume, signal) {
      const client = connectForBulk(signal);
      const reading = readingOf(await known(client));
      // One sweep serves the walks of all parts; one that failed is not held against the next.
      links ??= readLinks(client).catch((error: unknown) => {
        links = undefined;
        throw error;
      });
      memberships ??= (hasReleases ? readMemberships(client) : Promise.resolve(() => [])).catch(
        (error: unknown) => {
          memberships = undefined;
          throw error;
        },
      );
      const filter = partFilter(part, teams);
      const walked = walkIssues(client, filter, resume, await links, await memberships, reading);
      if (!readsClaims) {
        yield* walked;
        return;
      }
      claims ??= readClaims(client, { issue: teamFilter(teams, named) }, personHash).catch(
        (error: unknown) => {
          claims = undefined;
          throw error;
        },
      );
      yield* walkedWithClaims(walked, await claims);
    },
    changes: async function* (since, stored, signal, storedSince) {
      const client = connect(signal);
      const filter = teamFilter(teams, named);
      const heardFrom = since - OVERLAP_MS;
      const comments = { issue: filter, updatedAt: { gte: new Date(heardFrom).toISOString() } };
      let heard: HeardComments | undefined;
      let polledAt = since;
      const changed = readChanges(client, since, {
        filter,
        stored,
        storedSince,
        ...(readsClaims ? { comments } : {}),
        poll: async (ask) => {
          const polled = await unlessRefused(offered, (asked) => ask(pollQuestion(asked, readsClaims)));
          ({ offered } = polled);
          polledAt = polled.answer.date;
          heard = polled.answer.data.comments;
          return polled.answer;
        },
        offered: () => offered,
        readingWith: async (answer) => {
          const shown = namesAt(answer);
          return readingOf(new Map([...((shown ? names : await known(client)) ?? []), ...(shown ?? [])]));
        },
        referenceSince: async (newest, from) => {
          if (newest < from || newest <= referenceUpTo) return undefined;
          const asked = worthAsking(offered, before, askedInFullAt, polledAt);
          const workspace = await workspaceNow(client, asked);
          referenceUpTo = newest;
          return said(workspace);
        },
      });
      yield* readsClaims
        ? changedWithClaims(client, changed, {
            since: heardFrom,
            stored,
            filter: comments,
            heard: () => heard,
            personHash,
          })
        : changed;
    },
    read: async (ids, stored, signal) => {
      const client = connect(signal);
      const read = await readIssues(client, ids, stored, readingOf(await known(client)), offered);
      return readsClaims ? readWithClaims(client, read, personHash) : read;
    },
    crossCheck: (issues, signal) => crossCheck(connectForBulk(signal), issues),
    census: async (knownParts, signal) => {
      const client = connectForBulk(signal);
      const workspace = await workspaceNow(client);
      const parts = partsOf(workspace, source, teams, named).map(({ id }) => id);
      const wanted = new Set(Object.values(named).flat());
      return {
        parts: partStates(workspace, parts, knownParts),
        keys: new Map(workspace.lists.teams.map(({ id, key }) => [id, key])),
        ...(teams === undefined ? {} : { outside: new Set(knownParts.filter((id) => !wanted.has(id))) }),
        pages: issueIds(client, teams === undefined ? {} : { team: { id: { in: parts } } }),
      };
    },
    get spend() {
      return transport.spend;
    },
    [Symbol.asyncDispose]: () => transport.close(),
  };
}

function partFilter(part: WalkPart, teams: readonly string[] | undefined): object {
  return teams === undefined ? {} : { team: { id: { eq: part.id } } };
}
