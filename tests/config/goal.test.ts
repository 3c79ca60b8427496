import { describe, expect, test } from 'vitest';
import { ConfigError } from '#config/config-error.ts';
import { parseConfig } from '#config/load.ts';

const ENV = { TOKEN: 's3cret', MAIL: 'reader@acme.test' };

/** A configuration with one team that also says this. */
const withTeam = (more: string) => `
sources:
  - { id: acme, kind: jira, url: "https://acme.atlassian.net", auth: { email: "\${MAIL}", apiToken: "\${TOKEN}" } }
teams:
  - id: payments
    name: Payments
    scope: [ { source: acme, projects: [PAY] } ]
${more}`;

const goals = (more: string) => parseConfig(withTeam(more), 'f', ENV).teams[0]?.goals;

const mistakes = (more: string): readonly string[] => {
  try {
    parseConfig(withTeam(more), 'f', ENV);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.mistakes.map(({ path, message }) => `${path}: ${message}`);
  }
};

describe('a goal', () => {
  test('is one, or a dated list', () => {
    const one = { id: 'checkout', name: 'Checkout is live' };
    expect(
      goals(
        '    goal: { id: checkout, name: Checkout is live, milestone: { parent: PAY-91 }, date: 2026-03-20, adopters: [Web] }',
      ),
    ).toEqual([{ ...one, scope: { kind: 'parent', name: 'PAY-91' }, date: '2026-03-20', adopters: ['Web'] }]);
    expect(
      goals(`
    goal:
      - { id: checkout, name: Checkout is live, milestone: { source: acme, version: "2.3" }, to: 2026-01-31 }
      - { id: refunds, name: Refunds, milestone: { label: refunds }, from: 2026-02-01 }`),
    ).toEqual([
      { ...one, scope: { kind: 'version', name: '2.3', source: 'acme' }, to: '2026-01-31' },
      { id: 'refunds', name: 'Refunds', scope: { kind: 'label', name: 'refunds' }, from: '2026-02-01' },
    ]);
  });

  test('may be another one after its last day, under the same id', () => {
    expect(
      goals(`
    goal:
      - { id: a, name: A, milestone: { parent: PAY-1 }, to: 2026-06-30 }
      - { id: a, name: B, milestone: { parent: PAY-2 }, from: 2026-07-01 }`),
    ).toHaveLength(2);
  });

  test('is not due before it is the goal, nor is its KPI', () => {
    expect(
      mistakes(`
    goal:
      id: checkout
      name: Checkout is live
      milestone: { parent: PAY-91 }
      from: 2026-02-01
      date: 2026-01-31
      kpis:
        - { id: pilot, name: Pilot teams, target: 4, date: 2025-06-30 }
        - { id: adoption, name: Adoption, target: 9, date: 2026-02-01 }`),
    ).toEqual([
      'teams[0].goal.date: the date lies before 2026-02-01, the first day on which this is the goal: mend the one that is wrong',
      'teams[0].goal.kpis[0].date: the day of this KPI lies before 2026-02-01, the first day on which this is the goal: mend the one that is wrong',
    ]);
  });

  test('is none without a word, and every dated milestone only on request', () => {
    expect(goals('')).toBeUndefined();
    expect(goals('    goal: auto')).toBe('auto');
  });

  test.each([
    [
      '    goal: all',
      'teams[0].goal: "all": expected a goal as `{ id: checkout, name: Checkout is live, milestone: { parent: PAY-91 }, date: 2026-03-20 }`, a list of goals, or `auto`',
    ],
    [
      '    goal: { id: a, name: A, milestone: { parent: PAY-1, label: a } }',
      'teams[0].goal.milestone: name one thing that the goal’s work hangs on: parent, version, project or label',
    ],
    [
      '    goal: { id: a, name: A, milestone: { parent: PAY-1 }, date: 20 March }',
      'teams[0].goal.date: "20 March": expected a date as YYYY-MM-DD',
    ],
    [
      '    goal: [ { id: a, name: A, milestone: { parent: PAY-1 }, owner: me } ]',
      'teams[0].goal[0].owner: this key is not known here; check its spelling, or remove it',
    ],
    [
      '    goal: { id: a, name: A, milestone: { parent: PAY-1 }, from: 2026-02-01, to: 2026-01-01 }',
      'teams[0].goal.to: "2026-01-01": the last day lies before the first: swap them, or mend the one that is wrong',
    ],
    [
      '    goal: { id: a, name: A, milestone: { parent: PAY-1, source: labs } }',
      'teams[0].goal.milestone.source: there is no source "labs"; there are: acme',
    ],
    [
      '    goal: [ { id: a, name: A, milestone: { parent: PAY-1 }, to: 2026-06-30 }, { id: a, name: B, milestone: { label: b }, from: 2026-06-30 } ]',
      'teams[0].goal[1].id: two goals have the id "a" at the same time; rename one, or say with from and to when each is it',
    ],
    [
      '    goal: { id: a, name: "", milestone: { parent: PAY-1 } }',
      'teams[0].goal.name: "": this text is too short: fill it in, or leave the key out',
    ],
    ['    goal: []', 'teams[0].goal: an empty list says nothing: leave the key out'],
  ])('that cannot be is refused with its path and its remedy: %s', (written, mistake) => {
    expect(mistakes(written)).toEqual([mistake]);
  });
});
