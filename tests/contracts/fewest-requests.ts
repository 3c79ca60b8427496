import { expect, test } from 'vitest';
import type { JiraSite } from '#demo/jira/model.ts';
import { digestOf } from '#store/digest.ts';
import { firstSync } from '#tests/support/served/readings.ts';
import { serve, type TrackerName } from '#tests/support/served/trackers.ts';
import type { Proof } from './complete.ts';

/** No faults: every request documented and none too many, none dearer than Linear allows, and none asked twice. */
export function takesTheFewestRequests({ tracker, site, store }: Proof, openapi: readonly string[]): void {
  test('in the fewest requests, all of them documented', async () => {
    await using served = await serve(tracker, await site(), { openapi });
    const source = 'plain';
    const { stored, spend, referenceRequests } = await firstSync(served, store(), source, {
      timeouts: { headersMs: 30_000, bodyMs: 30_000 },
    });
    expect(await digestOf(store().digestLines(source))).toBe(served.digest(source));
    expect(served.violations).toEqual([]);
    expect(spend.retries).toBe(0);
    expect(Math.max(...served.asked().map(({ points }) => points))).toBeLessThanOrEqual(10_000);

    const most = fewest(tracker, await site(), stored);
    expect(referenceRequests).toBeLessThanOrEqual(most.reference);
    for (const [name, is] of Object.entries(WALKING)) {
      const asked = served.asked().filter(({ what }) => is.test(what)).length;
      expect(asked, `requests for ${name}`).toBeLessThanOrEqual(most[name as keyof typeof WALKING]);
    }
  }, 60_000);
}

/** What the requests of a walk are for, by their path or the name of their question. */
const WALKING = {
  issues: /\/search\/jql$|\/issue\/bulkfetch$|^Walk$/,
  histories: /\/changelog\/bulkfetch$|\/changelog$|^Tails$/,
  links: /^Relations$/,
};

/**
 * Jira: a hundred issues a search, and a project that has none is asked once; wide, 5,000 ids and then a thousand bodies
 * a request, after one that tells whether it is; histories of a thousand issues and up to 10,000 entries a request.
 * Linear: 137 issues a request, and fifty long histories; links in one sweep.
 */
function fewest(tracker: TrackerName, { issues, projects, boards }: JiraSite, stored: number) {
  if (tracker === 'linear') {
    const pages = Math.ceil(stored / 137);
    return { reference: 1, issues: pages, histories: 4 * pages, links: Math.ceil(stored / 250) };
  }
  const sizes = projects.map(({ id }) => issues.filter(({ fields }) => fields.project.id === id).length);
  const sum = (of: (size: number) => number): number => sizes.reduce((total, size) => total + of(size), 0);
  const searches = (size: number): number => Math.max(1, Math.ceil(size / 100));
  const thousands = (size: number): number => Math.ceil(size / 1000);
  const wide = (size: number): number =>
    size <= 200 ? searches(size) : Math.ceil(size / 5000) + thousands(size);
  const entries = issues.reduce((total, { histories }) => total + histories.length, 0);
  return {
    reference: 6 + 3 * projects.length + 2 * boards.length,
    issues: 1 + sum(tracker === 'jira' ? searches : wide),
    histories: sum(thousands) + Math.floor(entries / 10_000),
    links: 0,
  };
}
