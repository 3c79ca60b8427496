import { describe, expect, test } from 'vitest';
import { FAULT_KINDS } from '#demo/faults.ts';
import { digestLines } from '#demo/jira/digest.ts';
import { sitesFromHistory } from '#demo/jira/recorded.ts';
import { createJiraSimulator, type JiraSimulator, SIMULATED_ACCOUNT } from '#demo/jira/server.ts';
import { digestLine } from '#domain/digest.ts';
import type { Issue } from '#domain/issue.ts';
import { sharedPath } from '#tests/support/shared.ts';
import { createJiraTracker } from '#trackers/jira/tracker.ts';

const SOURCE = 'recorded';
const SALT = 'pepper';
const HISTORIES = ['DURACLOUD', 'ISLANDORA', 'CB'].map((name) => {
  const path = sharedPath(`data/jira-history/${name}.jsonl.gz`);
  return { title: path === undefined ? `${name} (skipped: the history is not here)` : name, path };
});
const OPENAPI = ['jira-cloud-platform-v3', 'jira-cloud-software-subset.derived']
  .map((name) => sharedPath(`data/schemas/${name}.openapi.json.gz`))
  .filter((path) => path !== undefined);

describe.for(HISTORIES)('the recorded history of $title', ({ path = '' }) => {
  test.skipIf(path === '')('is read whole, by documented requests, within their budget', async () => {
    await using simulator = await simulatorOf(path);
    const { issues, requests } = await read(simulator);

    expect(digestOf(issues)).toEqual(tellsOfItself(simulator));
    expect(simulator.violations).toEqual([]);

    const { site } = simulator;
    const inProject = (id: string) => site.issues.filter(({ fields }) => fields.project.id === id).length;
    // One search for every 100 issues of a project, and one to learn that a project has none.
    const searches = site.projects.map(({ id }) => Math.max(1, Math.ceil(inProject(id) / 100)));
    // None has more than 1,000 issues or 10,000 histories, so the histories of a project are one question.
    const questions = site.projects.filter(({ id }) => inProject(id) > 0).length;
    expect(requests.issues).toBe(searches.reduce((sum, count) => sum + count, questions));
    expect(requests.reference).toBeLessThanOrEqual(5 + 3 * site.projects.length + 2 * site.boards.length);
  });

  test.skipIf(path === '').for([0.1, 0.5])(
    'is the same when %d of the requests go wrong in every way',
    async (rate) => {
      await using simulator = await simulatorOf(path);
      for (const seed of [1, 2, 3]) {
        simulator.faults.set({ kind: 'rate', rate, seed });
        const { issues } = await read(simulator);
        expect(digestOf(issues)).toEqual(tellsOfItself(simulator));
      }
      expect(simulator.faults.injected.length).toBeGreaterThan(0);
    },
  );

  test.skipIf(path === '')('leaves no person behind, save in titles', async () => {
    await using simulator = await simulatorOf(path);
    const { issues } = await read(simulator);
    // Persons are called person-… in these histories, wherever one occurs.
    expect(JSON.stringify(simulator.site)).toContain('person-');
    expect(JSON.stringify(issues.map(withoutTitles))).not.toContain('person-');
  });
});

const [smallest] = HISTORIES.slice(-1);

describe(`every request of a sync of ${smallest?.title ?? ''}`, () => {
  test.skipIf(smallest?.path === undefined).for([...FAULT_KINDS])(
    'may be answered with %s twice before it is answered well',
    async (fault) => {
      await using simulator = await simulatorOf(smallest?.path ?? '');
      simulator.faults.set({ kind: 'rate', rate: 1, seed: 1, faults: [fault] });
      const { issues } = await read(simulator);
      expect(simulator.faults.injected.map(({ kind }) => kind)).toContain(fault);
      expect(digestOf(issues)).toEqual(tellsOfItself(simulator));
    },
  );
});

async function simulatorOf(path: string): Promise<JiraSimulator> {
  const [recorded] = await sitesFromHistory([path]);
  if (recorded === undefined) throw new RangeError(`${path} holds no site`);
  return createJiraSimulator(recorded.site, { openapi: OPENAPI, stallMilliseconds: 10 });
}

async function read(simulator: JiraSimulator) {
  await using tracker = createJiraTracker({
    source: SOURCE,
    url: simulator.url,
    auth: SIMULATED_ACCOUNT,
    salt: SALT,
    transport: { sleep: () => Promise.resolve() },
  });
  const { parts, trackerNow } = await tracker.overview();
  expect(trackerNow).toBe(Math.trunc(simulator.clock.now() / 1000) * 1000);
  const reference = tracker.spend.requests;
  const issues = new Map<string, Issue>();
  for (const part of parts) {
    for await (const batch of tracker.walk(part)) {
      for (const issue of batch.issues) issues.set(issue.id, issue);
    }
  }
  return {
    issues: [...issues.values()],
    requests: { reference, issues: tracker.spend.requests - reference },
  };
}

function digestOf(issues: readonly Issue[]): readonly string[] {
  return issues.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(digestLine);
}

/** What the simulator says the issues are, from its own data. */
function tellsOfItself({ site }: JiraSimulator): readonly string[] {
  return digestLines(site, { sourceId: SOURCE, salt: SALT });
}

function withoutTitles(issue: Issue): unknown {
  const { title: _title, ...scalars } = issue.current.scalars;
  return {
    ...issue,
    current: { ...issue.current, scalars },
    events: issue.events.filter(({ field }) => field !== 'title'),
  };
}
