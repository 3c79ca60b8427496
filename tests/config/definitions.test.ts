import { expect, test } from 'vitest';
import { ConfigError } from '#config/config-error.ts';
import { parseConfig } from '#config/load.ts';
import type { CycleTimeDefinition } from '#domain/team.ts';
import { EVERY_DEFINITION } from '#tests/builders/definitions.ts';

const ENV = { JIRA_EMAIL: 'reader@acme.test', JIRA_API_TOKEN: 's3cret' };

test('what a team says about its cycle time is completed by the defaults', () => {
  expect(teamOf('serviceLevelObjective: 0.85, cycleTime: { clock: inclusive_days }')).toMatchObject({
    serviceLevelObjective: 0.85,
    cycleTime: { clock: 'inclusive_days', start: 'active', finish: 'done', backward: 'kept' },
  });
});

test('the cut points of the organisation are those of each of its teams, the one that is left out at its default', () => {
  const withOrganisation = (cutPoints: string) => teamOf('', `organisation: { cutPoints: ${cutPoints} }`);
  expect(withOrganisation('{ safe: 0.9 }')).toMatchObject({ cutPoints: { realistic: 0.5, safe: 0.9 } });
  expect(() => withOrganisation('{ realistic: 0.8 }')).toThrow(
    'organisation.cutPoints.safe: this has to be above `realistic`: raise it, or lower the other',
  );
  expect(() => withOrganisation('{ safe: 80 }')).toThrow('80: a chance between 0 and 1, such as 0.8');
  expect(teamOf('')).not.toHaveProperty('cutPoints');
});

test('a team that says nothing of it has neither', () => {
  const team = teamOf('group: Commerce');
  expect(team).not.toHaveProperty('serviceLevelObjective');
  expect(team).not.toHaveProperty('cycleTime');
});

test.each(['0', '1', '80'])(
  'an objective of %s, which nobody could miss or keep, is a mistake',
  (objective) => {
    expect(mistakesOf(`serviceLevelObjective: ${objective}`)).toEqual([
      `teams[0].serviceLevelObjective: ${objective}: a share between 0 and 1, such as 0.8`,
    ]);
  },
);

test('a way to count that is none is a mistake', () => {
  expect(mistakesOf('cycleTime: { clock: workdays }')).toEqual([
    expect.stringMatching(/^teams\[0\]\.cycleTime\.clock: .*inclusive_days/),
  ]);
});

test.each([
  [
    '{ start: late, finish: late }',
    'teams[0].cycleTime.start: `late` is where the finish is, too, so no item would take any time: start earlier, such as `start: active`, or write `finish: done`',
  ],
  [
    '{ start: created, backward: wiped }',
    'teams[0].cycleTime.backward: `wiped` can never happen with `start: created`, because nothing lies before the creation: write `backward: kept`, or start at todo, active or late',
  ],
])('%s contradicts itself, and the message says how to mend it', (definition, message) => {
  expect(mistakesOf(`cycleTime: ${definition}`)).toEqual([message]);
});

test('every other way to define cycle time can be configured', () => {
  const contradicts = ({ start, finish, backward }: CycleTimeDefinition) =>
    (start === 'late' && finish === 'late') || (start === 'created' && backward === 'wiped');
  for (const definition of EVERY_DEFINITION.filter((one) => !contradicts(one))) {
    expect(teamOf(`cycleTime: ${JSON.stringify(definition)}`)?.cycleTime).toEqual(definition);
  }
});

function teamOf(keys: string, before = '') {
  const text = `${before}
sources:
  - { id: acme, kind: jira, url: "https://acme.atlassian.net", auth: { email: "\${JIRA_EMAIL}", apiToken: "\${JIRA_API_TOKEN}" } }
teams:
  - { id: payments, name: Payments, scope: [{ source: acme, projects: [PAY] }], ${keys} }
`;
  return parseConfig(text, 'evenkeel.yaml', ENV).teams[0];
}

function mistakesOf(keys: string): readonly string[] {
  try {
    teamOf(keys);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.mistakes.map(({ path, message }) => `${path}: ${message}`);
  }
  throw new Error('expected mistakes, found none');
}
