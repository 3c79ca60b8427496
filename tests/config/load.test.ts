import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '#config/config-error.ts';
import { loadConfig, parseConfig } from '#config/load.ts';

const ENV = { JIRA_EMAIL: 'reader@acme.test', JIRA_API_TOKEN: 's3cret' };

const SMALLEST = `
sources:
  - { id: acme, kind: jira, url: "https://acme.atlassian.net", auth: { email: "\${JIRA_EMAIL}", apiToken: "\${JIRA_API_TOKEN}" } }
teams:
  - id: payments
    name: Payments
    scope: [ { source: acme, projects: [PAY] } ]
`;

describe('a configuration that works', () => {
  test('descriptions are read where that is said, and left alone elsewhere', () => {
    const said = SMALLEST.replace('kind: jira,', 'kind: jira, descriptions: goals,');
    expect(parseConfig(said, 'evenkeel.yaml', ENV).sources).toMatchObject([{ descriptions: 'goals' }]);
    expect(parseConfig(SMALLEST, 'evenkeel.yaml', ENV).sources[0]).not.toHaveProperty('descriptions');
    const wrong = SMALLEST.replace('kind: jira,', 'kind: jira, descriptions: all,');
    expect(() => parseConfig(wrong, 'evenkeel.yaml', ENV)).toThrow(
      /sources\[0\]\.descriptions.*expected goals/s,
    );
  });

  test('comments are read where that is said, and left alone elsewhere', () => {
    const said = SMALLEST.replace('kind: jira,', 'kind: jira, comments: claims,');
    expect(parseConfig(said, 'evenkeel.yaml', ENV).sources).toMatchObject([{ comments: 'claims' }]);
    expect(parseConfig(SMALLEST, 'evenkeel.yaml', ENV).sources[0]).not.toHaveProperty('comments');
    const wrong = SMALLEST.replace('kind: jira,', 'kind: jira, comments: all,');
    expect(() => parseConfig(wrong, 'evenkeel.yaml', ENV)).toThrow(
      /sources\[0\]\.comments.*expected claims/s,
    );
  });

  test('the smallest one gets every default', () => {
    const config = parseConfig(SMALLEST, 'evenkeel.yaml', ENV);
    expect(config.sources).toEqual([
      {
        id: 'acme',
        kind: 'jira',
        url: 'https://acme.atlassian.net',
        auth: { email: 'reader@acme.test', apiToken: 's3cret' },
        projects: ['PAY'],
      },
    ]);
    expect(config.teams).toEqual([
      {
        id: 'payments',
        name: 'Payments',
        timezone: 'UTC',
        calendar: { workdays: [1, 2, 3, 4, 5], holidays: [] },
        scope: [{ source: 'acme', projects: ['PAY'] }],
        stages: {},
        workstreamBy: 'auto',
      },
    ]);
    expect(config.server).toEqual({ host: '127.0.0.1', port: 7300, allowedHosts: [], tokens: [] });
  });

  test('a Linear workspace needs its key alone; the teams that scopes name are read', () => {
    const linear = (source: string, scope: string) =>
      parseConfig(
        `sources: [ { id: labs, kind: linear, auth: { apiKey: "\${LINEAR_API_KEY}" }${source} } ]\n` +
          `teams: [ { id: pay, name: Pay, scope: [ { source: labs${scope} } ] } ]`,
        'f',
        { LINEAR_API_KEY: 'lin_api_1' },
      ).sources;
    const source = {
      id: 'labs',
      kind: 'linear',
      url: 'https://api.linear.app/graphql',
      auth: { apiKey: 'lin_api_1' },
    };
    expect(linear('', ', teams: [PAY]')).toEqual([{ ...source, teams: ['PAY'] }]);
    expect(linear('', '')).toEqual([source]);
    expect(linear(', url: "http://127.0.0.1:7402/graphql", teams: [OPS]', ', teams: [PAY]')).toEqual([
      { ...source, url: 'http://127.0.0.1:7402/graphql', teams: ['OPS'] },
    ]);
  });

  test('the example in the repository loads', () => {
    const file = new URL('../../config/example.yaml', import.meta.url).pathname;
    expect(loadConfig(file, ENV).teams.map((team) => team.id)).toEqual(['payments']);
    expect(readFileSync(file, 'utf8')).not.toContain('s3cret');
  });

  test('a team scope without projects means every project the account sees', () => {
    const config = parseConfig(SMALLEST.replace(', projects: [PAY]', ', labels: [pay]'), 'f', ENV);
    expect(config.sources[0]).not.toHaveProperty('projects');
  });

  test('the organisation zone is the teams’ zone unless they name their own', () => {
    const config = parseConfig(`organisation: { timezone: Asia/Tokyo }\n${SMALLEST}`, 'f', ENV);
    expect(config.teams[0]?.timezone).toBe('Asia/Tokyo');
  });
});

describe('mistakes', () => {
  test('are reported all at once, each with its line, its path and its remedy', () => {
    const text = `
sources:
  - { id: acme, kind: jira, url: "http://acme.example", auth: { email: "\${JIRA_EMAIL}", apiToken: "abc123" } }
teams:
  - id: payments
    name: Payments
    timezone: Mars/Olympus
    colour: blue
    scope: [ { source: akme } ]
  - id: payments
    name: Payments again
    stages: { acme: { Review: nearly } }
    scope: [ { source: acme } ]
server: { host: 0.0.0.0 }
`;
    expect(mistakesOf(text)).toEqual([
      'sources[0].auth.apiToken@3: a secret may not stand in this file: put it into an environment variable and write ${NAME}',
      'sources[0].url@3: "http://acme.example": expected https (plain http is allowed for this machine only: credentials would be readable on the way)',
      'teams[0].timezone@7: "Mars/Olympus": expected an IANA time zone such as Europe/Stockholm',
      'teams[0].colour@8: this key is not known here; check its spelling, or remove it',
      'teams[1].stages.acme.Review@12: "nearly": expected backlog, todo, active, late, done or cancelled',
      'teams[1].id@10: two teams have the id "payments"; rename one',
      'teams[0].scope[0].source@9: there is no source "akme"; there are: acme',
      'server.host@14: "0.0.0.0" can be reached from other machines: configure server.tokens first, or listen on 127.0.0.1',
    ]);
  });

  test('a variable that is not set is named', () => {
    expect(mistakesOf(SMALLEST, { JIRA_EMAIL: 'a@b.test' })).toEqual([
      'sources[0].auth.apiToken@3: the environment variable JIRA_API_TOKEN is not set; set it, or add it to .env',
    ]);
  });

  test('text that is not YAML says where', () => {
    const [first] = mistakesOf('sources:\n  - { id: acme\nteams: []\n');
    expect(first).toMatch(/@\d+: this is not YAML: /);
  });

  test('an empty file names what is missing', () => {
    expect(mistakesOf('')).toEqual([
      'sources@: this is required: give a list',
      'teams@: this is required: give a list',
    ]);
  });

  test('aliases that unfold without end are a mistake, not a crash', () => {
    const level = (n: number) =>
      `l${n}: &l${n} [${Array.from({ length: 10 }, () => `*l${n - 1}`).join(', ')}]`;
    const bomb = ['l0: &l0 [x]', ...[1, 2, 3, 4, 5, 6, 7].map(level)].join('\n');
    expect(mistakesOf(bomb)).toEqual([expect.stringMatching(/its aliases unfold to more/)]);
  });

  test('a file that is not there says how to get one', () => {
    expect(() => loadConfig('/nowhere/evenkeel.yaml', ENV)).toThrow(/cannot be read.*evenkeel demo/s);
  });

  test('no secret shows in a message', () => {
    const mistakes = mistakesOf(SMALLEST.replace('name: Payments', 'nam: Payments'));
    expect(mistakes.length).toBeGreaterThan(0);
    expect(mistakes.join()).not.toContain('s3cret');
  });
});

function mistakesOf(text: string, environment: Record<string, string> = ENV): readonly string[] {
  try {
    parseConfig(text, 'evenkeel.yaml', environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.mistakes.map(({ path, line, message }) => `${path}@${line ?? ''}: ${message}`);
  }
  throw new Error('expected mistakes, found none');
}
