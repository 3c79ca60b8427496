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
      'teams[0].gates.merged: a gate without evidence never opens: name stage, statuses, labels, field, version, environments, children, linked, verification or kpis, or leave it out',
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
      'teams[0].gates.released: "production": expected a gate as `{ environments: [production] }`, or a list of gates that must all be open',
    ],
    [
      'gates: { verified: { linked: {} } }',
      'teams[0].gates.verified.linked: this names no work: say which under links, types or labels, as `linked: { types: [Documentation] }`',
    ],
    [
      'gates: { verified: { verification: yes } }',
      'teams[0].gates.verified.verification: "yes": expected `verification: passed`',
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
      'teams[0].goal.kpis[1].direction: "sideways": expected up (the target is reached from below) or down',
    ]);
  });
});

test('a gate that waits for KPIs of a team that has none is a mistake', () => {
  const [before, after] = withTeam('    gates: { adopted: { kpis: all } }').split(/^      kpis:.*$\n/m);
  expect(mistakes(`${before}${after}`)).toEqual([
    'teams[0].gates.adopted.kpis: "all": no goal of this team has a KPI: name them under goal.kpis',
  ]);
});

test('Done cannot mean adopted where neither a KPI nor a gate would show it', () => {
  const [before, after] = withTeam('    doneMeans: adopted').split(/^      kpis:.*$\n/m);
  const withoutKpi = `${before}${after}`;
  expect(mistakes(withoutKpi)).toEqual([
    'teams[0].doneMeans: "adopted": no goal of this team has a KPI, so nothing would ever be Done: name one under goal.kpis, or under gates.adopted what shows it',
  ]);
  expect(mistakes(`${withoutKpi}\n    gates: { adopted: { labels: [in use] } }`)).toEqual([]);
  expect(mistakes(withTeam('    doneMeans: adopted'))).toEqual([]);
  // What waits for KPIs that are not there is told at the gate, once.
  expect(mistakes(`${withoutKpi}\n    gates: { adopted: { kpis: all } }`)).toEqual([
    'teams[0].gates.adopted.kpis: "all": no goal of this team has a KPI: name them under goal.kpis',
  ]);
});

describe('a field in a gate', () => {
  const linear = `
  - { id: labs, kind: linear, auth: { apiKey: "\${TOKEN}" } }
teams:
  - { id: labs, name: Labs, scope: [ { source: labs } ], gates: GATES }
  - { id: both, name: Both, scope: [ { source: acme, projects: [PAY] }, { source: labs } ], gates: BESIDE }`;
  const mixed = (gates: string, beside = gates) => `
sources:
  - { id: acme, kind: jira, url: "https://acme.atlassian.net", auth: { email: "\${MAIL}", apiToken: "\${TOKEN}" } }${linear
    .replace('GATES', gates)
    .replace('BESIDE', beside)}`;

  test('is read with its values, and its source is told to read it', () => {
    const text = withTeam(
      '    gates: { verified: { field: { name: QA sign-off, values: [Passed] } }, released: { field: { name: customfield_7 } } }',
    );
    const { teams, sources } = parseConfig(text, 'f', ENV);
    expect(teams[0]?.gates).toEqual({
      verified: [{ field: { name: 'QA sign-off', values: ['Passed'] } }],
      released: [{ field: { name: 'customfield_7' } }],
    });
    expect(sources[0]).toMatchObject({ id: 'acme', fields: ['customfield_7', 'QA sign-off'] });
    expect(parseConfig(withTeam(''), 'f', ENV).sources[0]).not.toHaveProperty('fields');
  });

  test.each([
    [
      'gates: { verified: { field: QA } }',
      'teams[0].gates.verified.field: "QA": expected keys and values here; docs/configuration.md shows an example',
    ],
    [
      'gates: { verified: { field: {} } }',
      'teams[0].gates.verified.field.name: this is required: give a text',
    ],
    [
      'gates: { verified: { field: { name: QA, value: Passed } } }',
      'teams[0].gates.verified.field.value: this key is not known here; check its spelling, or remove it',
    ],
  ])('%s is told where it is', (text, mistake) => {
    expect(mistakes(withTeam(`    ${text}`))).toEqual([mistake]);
  });

  test('of a team with issues of Linear is a mistake, with what to name instead', () => {
    expect(
      mistakes(
        mixed(
          '{ verified: { field: { name: QA }, labels: [qa] } }',
          '{ verified: [ { stage: done }, { field: { name: QA } } ] }',
        ),
      ),
    ).toEqual([
      'teams[0].gates.verified.field.name: “QA” would be looked for in vain in the source "labs": Linear has no fields of one\'s own, so the gate would never open; name what shows it there in its place, such as `labels: [signed-off]`',
      'teams[1].gates.verified[1].field.name: “QA” would be looked for in vain in the source "labs": Linear has no fields of one\'s own, so the gate would never open; name beside it what shows it there, such as `labels: [signed-off]`',
    ]);
  });

  test('beside what shows it in Linear is none for a team that has issues of both', () => {
    const text = mixed(
      '{ verified: { labels: [qa] } }',
      '{ verified: { field: { name: QA }, labels: [qa] } }',
    );
    expect(mistakes(text)).toEqual([]);
    const { sources } = parseConfig(text, 'f', ENV);
    expect(sources.map((source) => 'fields' in source)).toEqual([true, false]);
  });
});
