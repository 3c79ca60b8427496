import { describe, expect, test } from 'vitest';
import { ConfigError } from '#config/config-error.ts';
import { parseConfig } from '#config/load.ts';
import { personHasher } from '#trackers/person.ts';
import { withHashedMembers } from '../../src/roster.ts';

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

const parsed = (more: string) => parseConfig(withTeam(more), 'f', ENV);

const mistakes = (more: string): readonly string[] => {
  try {
    parsed(more);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.mistakes.map(({ path, message }) => `${path}: ${message}`);
  }
};

describe('a roster', () => {
  const ROSTER = `
    headcount: [ { people: 4 }, { from: 2026-03-01, people: 6 } ]
    members:
      - { ids: { acme: account-1 } }
      - { ids: { acme: account-2 }, fte: 0.5, skills: [ios], from: 2026-02-01, to: 2026-06-30 }`;

  test('reaches the team as hashes that its issues are known by, and as nothing else', () => {
    const config = withHashedMembers(parsed(ROSTER), 'pepper');
    const hash = personHasher('acme', 'pepper');
    expect(config.teams[0]?.members).toEqual([
      { ids: { acme: hash('account-1') }, fte: 1 },
      { ids: { acme: hash('account-2') }, fte: 0.5, skills: ['ios'], from: '2026-02-01', to: '2026-06-30' },
    ]);
    expect(JSON.stringify(config)).not.toContain('account-');
  });

  test('is not on the team before the salt is known', () => {
    const config = parsed(ROSTER);
    expect(config.teams[0]).not.toHaveProperty('members');
    expect(config.teams[0]?.headcount).toEqual([{ people: 4 }, { from: '2026-03-01', people: 6 }]);
  });

  test('of no team leaves the configuration as it is', () => {
    expect(withHashedMembers(parsed(''), 'pepper')).toEqual(parsed(''));
  });

  test('that cannot be is refused, each mistake with its path and its remedy', () => {
    expect(
      mistakes(`
    headcount: 0
    members:
      - { ids: { labs: account-1 } }
      - { ids: {} }
      - { ids: { acme: account-2 }, fte: 2, from: 2026-06-30, to: 2026-02-01 }
      - { ids: { acme: account-3 }, from: 2026-02-30 }`),
    ).toEqual([
      'teams[0].headcount: 0: a team has more than 0 people',
      'teams[0].members[1].ids: name at least one account, as `ids: { acme: "5b10…" }`',
      'teams[0].members[2].fte: 2: a part of a full week: 1, 0.5, or 0 while away',
      'teams[0].members[2].to: "2026-02-01": the last day lies before the first: swap them, or mend the one that is wrong',
      'teams[0].members[3].from: "2026-02-30": expected a date as YYYY-MM-DD',
      'teams[0].members[0].ids.labs: there is no source "labs"; there are: acme',
    ]);
  });
});

test('an account listed twice at the same time is a mistake; one that comes back is none', () => {
  const twice = (second: string) =>
    mistakes(`
    members:
      - { ids: { acme: account-1 }, to: 2026-02-28 }
      - { ids: { acme: account-2 } }
      - { ids: { acme: account-1 }, ${second} }`);
  expect(twice('from: 2026-03-01')).toEqual([]);
  expect(twice('from: 2026-02-28')).toEqual([
    'teams[0].members[2].ids.acme: this account is listed twice at the same time; remove one, or say with from and to when',
  ]);
});

describe('kinds of work and alternatives', () => {
  test('reach the team as they were written', () => {
    const [team] = parsed(`
    work: { support: { types: [Support] }, incident: { labels: [sev1], priorities: [Highest] } }
    alternatives: [ { id: checkout, streams: [PAY-91, PAY-92], decideBy: 2026-03-31, metric: conversion } ]`).teams;
    expect(team?.work).toEqual({
      support: { types: ['Support'] },
      incident: { labels: ['sev1'], priorities: ['Highest'] },
    });
    expect(team?.alternatives).toEqual([
      { id: 'checkout', streams: ['PAY-91', 'PAY-92'], decideBy: '2026-03-31', metric: 'conversion' },
    ]);
  });

  test('that say nothing or the same twice are refused', () => {
    expect(
      mistakes(`
    work: { support: {}, chores: { types: [Chore] } }
    alternatives: [ { id: a, labels: [x] }, { id: a }, { id: b, labels: [] } ]`),
    ).toEqual([
      'teams[0].work.support: a filter without values fits nothing: name types, labels, projects, components, priorities, parents or statuses, or leave it out',
      'teams[0].work.chores: this key is not known here; check its spelling, or remove it',
      'teams[0].alternatives[1]: this names no alternatives: list them under streams, or the labels that mark them under labels',
      'teams[0].alternatives[2].labels: an empty list would match nothing: leave the key out instead',
      'teams[0].alternatives[1].id: two groups have the id "a"; rename one',
    ]);
  });

  test('that put a line of work into two choices are refused', () => {
    expect(
      mistakes(`
    alternatives: [ { id: a, streams: [PAY-91, PAY-92], labels: [x] }, { id: b, streams: [pay-92, PAY-93], labels: [X, y] } ]`),
    ).toEqual([
      'teams[0].alternatives[1].streams[0]: "pay-92" is in a group above; a line of work is part of one choice',
      'teams[0].alternatives[1].labels[0]: "X" is in a group above; a line of work is part of one choice',
    ]);
  });
});
