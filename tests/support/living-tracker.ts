import { digestLine } from '#domain/digest.ts';
import type { Instant, Issue, IssueEvent } from '#domain/issue.ts';
import type { Reference } from '#domain/reference.ts';
import { withTimeline } from '#domain/whole-timeline.ts';
import { STATUSES, slug, TYPES } from '#tests/builders/vocabulary.ts';
import type { ChangeBatch, LiveTracker, PartState, StoredIssues } from '#trackers/tracker.ts';
import { TrackerError } from '#trackers/tracker-error.ts';

/** How late the index of this world may show a change, and how far back its connector therefore asks. */
export const LAG_MS = 60_000;

interface Living {
  readonly id: string;
  part: string;
  status: string;
  title: string;
  readonly createdAt: Instant;
  updatedAt: Instant;
  /** When the index shows the last change. */
  shownAt: Instant;
  state: 'there' | 'trashed' | 'deleted';
  readonly entries: IssueEvent[][];
}

export type World = ReturnType<typeof livingWorld>;

/**
 * A tracker with a life of its own, in memory: issues are created, edited (several in one millisecond), moved, deleted,
 * thrown away and brought back, projects archived and hidden. Its index lags, its history entries are written on, and
 * any of its answers may fail.
 */
export function livingWorld(start: Instant = Date.parse('2026-01-05T09:00Z')) {
  let now = start;
  let lastId = 0;
  let entries = 0;
  let failures = { count: 0, after: 0 };
  let retryAfterMs: number | undefined;
  const issues = new Map<string, Living>();
  const parts = new Map<string, PartState>([['pay', 'live']]);

  const stands = ({ state, part }: Living) => state === 'there' && parts.get(part) === 'live';
  const at = (id: string): Living => {
    const issue = issues.get(id);
    if (!issue) throw new RangeError(`there is no issue ${id}`);
    return issue;
  };
  const touch = (issue: Living, lag: number) => {
    issue.updatedAt = now;
    issue.shownAt = Math.max(issue.shownAt, now + lag);
  };
  const record = (issue: Living, field: string, from: string, to: string) => {
    entries += 1;
    issue.entries.push([
      { at: now, eventId: String(1000 + entries), itemIndex: 0, field, from, to, origin: 'recorded' },
    ]);
  };

  const world = {
    get now() {
      return now;
    },
    wait(ms: number) {
      now += ms;
    },
    ids: () => [...issues.keys()],
    create(part = 'pay', lag = 0): string {
      lastId += 1;
      const id = String(lastId);
      if (!parts.has(part)) parts.set(part, 'live');
      const [status, title] = ['To Do', `Title of ${id}`];
      const created = { createdAt: now, updatedAt: now, shownAt: now + lag };
      issues.set(id, { id, part, status, title, ...created, state: 'there', entries: [] });
      return id;
    },
    edit(id: string, status: string, lag = 0) {
      const issue = at(id);
      record(issue, 'status', issue.status, status);
      issue.status = status;
      touch(issue, lag);
    },
    /** Writes on in the last entry of an issue's history. */
    amend(id: string, title: string) {
      const issue = at(id);
      const last = issue.entries.at(-1);
      if (last?.[0])
        last.push({ ...last[0], itemIndex: last.length, field: 'title', from: issue.title, to: title });
      issue.title = title;
      touch(issue, 0);
    },
    move(id: string, part: string) {
      const issue = at(id);
      if (!parts.has(part)) parts.set(part, 'live');
      record(issue, 'project', issue.part, part);
      issue.part = part;
      touch(issue, 0);
    },
    delete(id: string) {
      at(id).state = 'deleted';
    },
    trash(id: string) {
      at(id).state = 'trashed';
    },
    restore(id: string) {
      if (at(id).state === 'trashed') at(id).state = 'there';
    },
    setPart(part: string, state: PartState) {
      parts.set(part, state);
    },
    /** Lets so many answers fail, after so many good ones. */
    fail(count: number, after = 0) {
      failures = { count, after };
      retryAfterMs = undefined;
    },
    /** Refuses so many questions and asks to be left alone for a while. */
    limit(count: number, ms: number) {
      failures = { count, after: 0 };
      retryAfterMs = ms;
    },
    /** Digest lines of all that can be seen, in order of id. */
    digestLines: () =>
      [...issues.values()]
        .filter(stands)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map((issue) => digestLine(copyOf('world', issue))),
    connect: (source: string): LiveTracker => connect(source),
  };

  function connect(source: string): LiveTracker {
    let requests = 0;
    const answer = async () => {
      requests += 1;
      now += 1;
      const { count, after } = failures;
      if (after > 0) failures = { count, after: after - 1 };
      if (after > 0 || count === 0) return;
      failures = { count: count - 1, after: 0 };
      if (retryAfterMs === undefined) {
        throw new TrackerError('unavailable', { source, message: 'The world does not answer.' });
      }
      throw new TrackerError('rate_limited', { source, message: 'The world is tired.', retryAfterMs });
    };
    const copies = (some: readonly Living[]) => some.map((issue) => copyOf(source, issue));
    return {
      source,
      scope: '',
      get spend() {
        return { requests, retries: 0, waitedMs: 0, bytes: 0 };
      },
      async overview() {
        const trackerNow = now;
        await answer();
        const live = [...parts].filter(([, state]) => state === 'live').map(([id]) => id);
        return {
          reference: referenceOf(source, live),
          parts: live.map((id) => ({ id, name: id.toUpperCase() })),
          trackerNow,
        };
      },
      async *walk({ id: part }, resume = '') {
        for (let after = resume; ; ) {
          await answer();
          const rest = [...issues.values()]
            .filter((issue) => stands(issue) && issue.part === part && issue.id > after)
            .toSorted((a, b) => (a.id < b.id ? -1 : 1));
          const page = rest.slice(0, 3);
          after = page.at(-1)?.id ?? after;
          const isLast = page.length === rest.length;
          yield { issues: copies(page), ...(isLast ? {} : { resume: after }) };
          if (isLast) return;
        }
      },
      async *changes(since, stored): AsyncGenerator<ChangeBatch> {
        for (let place = { updatedAt: since - LAG_MS, id: '' }; ; ) {
          const trackerNow = now;
          await answer();
          const rest = [...issues.values()]
            .filter((issue) => stands(issue) && issue.shownAt <= trackerNow && isBehind(issue, place))
            .toSorted((a, b) => a.updatedAt - b.updatedAt || (a.id < b.id ? -1 : 1));
          const page = rest.slice(0, 3);
          const news = await changedOf(copies(page), stored);
          const last = page.at(-1);
          const isLast = page.length === rest.length;
          yield { issues: news, cursor: isLast ? trackerNow : (last?.updatedAt ?? since), trackerNow };
          if (isLast || last === undefined) return;
          place = { updatedAt: last.updatedAt, id: last.id };
        }
      },
      async read(ids) {
        await answer();
        const found = ids.flatMap((id) => issues.get(id) ?? []).filter(({ state }) => state !== 'deleted');
        const shown = found.filter(({ part }) => parts.get(part) === 'live');
        const there = new Set(shown.filter(stands).map(({ id }) => id));
        return { issues: copies(shown), missing: ids.filter((id) => !there.has(id)) };
      },
      async census(known) {
        await answer();
        return {
          parts: new Map([
            ...known.map((id) => [id, 'deleted'] as const),
            ...[...parts].filter(([id, state]) => state === 'live' || known.includes(id)),
          ]),
          pages: idPages(),
        };
      },
      async [Symbol.asyncDispose]() {},
    };

    async function* idPages() {
      const all = [...issues.values()].filter(stands).map(({ id }) => id);
      for (let i = 0; i === 0 || i < all.length; i += 5) {
        await answer();
        yield all.slice(i, i + 5);
      }
    }
  }
  return world;
}

const isBehind = (issue: Living, place: { readonly updatedAt: Instant; readonly id: string }) =>
  issue.updatedAt > place.updatedAt || (issue.updatedAt === place.updatedAt && issue.id > place.id);

async function changedOf(issues: readonly Issue[], stored: StoredIssues): Promise<readonly Issue[]> {
  const known = await stored(issues.map(({ id }) => id));
  return issues.filter(({ id, updatedAt }) => known.get(id)?.updatedAt !== updatedAt);
}

function copyOf(source: string, issue: Living): Issue {
  const { id, createdAt, updatedAt, part, status, title } = issue;
  return withTimeline(
    {
      source,
      id,
      createdAt,
      updatedAt,
      current: {
        scalars: {
          key: { value: `${part.toUpperCase()}-${id}` },
          project: { value: part, name: part.toUpperCase() },
          type: { value: 'story', name: 'Story' },
          status: { value: slug(status), name: status },
          title: { value: title },
        },
        sets: {},
      },
    },
    issue.entries.flat().map((event) => ({
      ...event,
      ...(event.field === 'status'
        ? {
            from: slug(event.from ?? ''),
            to: slug(event.to ?? ''),
            fromName: event.from ?? '',
            toName: event.to ?? '',
          }
        : {}),
    })),
  );
}

function referenceOf(source: string, parts: readonly string[]): Reference {
  return {
    source,
    siteUrl: `https://${source}.example`,
    projects: parts.map((id) => ({ id, key: id.toUpperCase(), name: id.toUpperCase() })),
    statuses: STATUSES,
    types: TYPES,
    versions: [],
    cycles: [],
  };
}
