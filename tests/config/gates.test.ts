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
    goal:
      id: checkout
      name: Checkout is live
      milestone: { parent: PAY-91 }
      kpis: [ { id: migrated, name: Teams migrated, target: 4, date: 2026-03-31 }, { id: errors, target: 0.5, direction: down } ]
${more}`;

const read = (more: string) => parseConfig(withTeam(more), 'f', ENV).teams[0];

const mistakes = (text: string): readonly string[] => {
  try {
    parseConfig(text, 'f', ENV);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.mistakes.map(({ path, message }) => `${path}: ${message}`);
  }
};

describe('gates', () => {
  test('are none without a word', () => {
    expect(read('')).not.toHaveProperty('gates');
  });

  test('are one for a level, or several that must all be open', () => {
    expect(
      read(`
    gates:
      merged: { stage: late, labels: [merged] }
      released: { environments: [production], version: released }
      verified: [ { linked: { types: [Documentation], links: [is documented by] } }, { verification: passed } ]
      adopted: { kpis: [migrated] }`)?.gates,
    ).toEqual({
      merged: [{ stage: 'late', labels: ['merged'] }],
      released: [{ environments: ['production'], version: 'released' }],
      verified: [
        { linked: { types: ['Documentation'], links: ['is documented by'] } },
        { verification: 'passed' },
      ],
      adopted: [{ kpis: ['migrated'] }],
    });
  });

  test.each([
    [
      'gates: { merged: {} }',
      'teams[0].gates.merged: a gate without evidence never opens: name stage, statuses, labels, version, environments, children, linked, verification or kpis, or leave it out',
    ],
    [
      'gates: { coded: { stage: late } }',
      'teams[0].gates.coded: this key is not known here; check its spelling, or remove it',
    ],
    [
      'gates: { released: { version: released, environment: production } }',
      'teams[0].gates.released.environment: this key is not known here; check its spelling, or remove it',
    ],
    [
      'gates: { released: [ { environments: [] } ] }',
      'teams[0].gates.released[0].environments: an empty list would match nothing: leave the key out instead',
    ],
    ['gates: { released: [] }', 'teams[0].gates.released: an empty list says nothing: leave the key out'],
    [
      'gates: { released: production }',
      'teams[0].gates.released: expected a gate as `{ environments: [production] }`, or a list of gates that must all be open',
    ],
    [
      'gates: { verified: { linked: {} } }',
      'teams[0].gates.verified.linked: this names no work: say which under links, types or labels, as `linked: { types: [Documentation] }`',
    ],
    [
      'gates: { verified: { verification: yes } }',
      'teams[0].gates.verified.verification: expected `verification: passed`',
    ],
    [
      'gates: { adopted: [ { kpis: [migrated, sold] } ] }',
      'teams[0].gates.adopted[0].kpis[1]: no goal of this team has a KPI "sold"; there are: migrated, errors',
    ],
  ])('that cannot be are refused with their path and their remedy: %s', (written, mistake) => {
    expect(mistakes(withTeam(`    ${written}`))).toEqual([mistake]);
  });
});

describe('the KPIs of a goal', () => {
  test('have a target that is reached from below unless told otherwise', () => {
    const { goals } = read('') ?? {};
    expect(goals).toMatchObject([
      {
        kpis: [
          { id: 'migrated', name: 'Teams migrated', target: 4, direction: 'up', date: '2026-03-31' },
          { id: 'errors', target: 0.5, direction: 'down' },
        ],
      },
    ]);
  });

  test('are refused when two have one id, or one has no target', () => {
    expect(mistakes(withTeam('').replace('id: errors', 'id: migrated'))).toEqual([
      'teams[0].goal.kpis[1].id: two KPIs of this goal have the id "migrated"; rename one',
    ]);
    expect(
      mistakes(withTeam('').replace('target: 0.5', 'direction: sideways').replace(', direction: down', '')),
    ).toEqual([
      'teams[0].goal.kpis[1].target: this is required: give a number',
      'teams[0].goal.kpis[1].direction: expected up (the target is reached from below) or down',
    ]);
  });
});
