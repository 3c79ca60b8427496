import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DataFolder, temporaryDataFolder } from '#tests/support/data-folder.ts';
import { evenkeel } from './run.ts';

let folder: DataFolder;
/** Of the team with most of them: what the first of its risks is called. */
let risk: string;
beforeAll(async () => {
  folder = await temporaryDataFolder();
  const { code, err } = await evenkeel(['demo', '--once'], { cwd: folder.path });
  if (code !== 0) throw new Error(`there is no team to decide for: ${err}`);
  const { out } = await run('risks', 'payments', '--format', 'json');
  risk = JSON.parse(out).risks[0]?.id;
});
afterAll(() => folder[Symbol.asyncDispose]());

function run(...args: readonly string[]) {
  return evenkeel(args, { cwd: folder.path });
}

const idIn = (out: string) => /^Escalated as `(e-[0-9a-f]{12})`/.exec(out)?.[1] ?? '';
const FOR_EVER = '2999-12-31';

test('the risks of a team are listed with the ids that they are escalated by', async () => {
  const { code, out } = await run('risks', 'payments');
  expect(code).toBe(0);
  expect(out).toMatch(/^# Risks of Payments\n\nAs of the end of \w{3} \d+ \w+ \d{4}\.\n\n## /);
  expect(out).toContain(`Its id: \`${risk}\``);
  expect(out).not.toMatch(/NaN|undefined|null/);
});

describe('a risk', () => {
  test('is escalated and accepted, and told again it is the same', async () => {
    const escalated = await run('escalate', risk, '--note', 'for the review');
    expect(escalated.code).toBe(0);
    const id = idIn(escalated.out);
    expect(escalated.out).toContain(`Decide with \`evenkeel decide ${id} --accept --by NAME --until DATE\``);
    expect((await run('escalate', risk, '--note', ' for the review ')).out).toBe(escalated.out);

    const args = ['decide', id, '--by', 'Ada <CTO>', '--until', FOR_EVER];
    const accepted = await run(...args, '--accept');
    expect(accepted.out).toMatch(/^Accepted by Ada &lt;CTO&gt; until 31 December 2999: “We accept .+”\n/);
    expect(accepted.code).toBe(0);
    expect(await run(...args, '--accept')).toEqual(accepted);
    const other = await run(...args, '--address');
    expect(other).toMatchObject({ code: 1, out: '' });
    expect(other.err).toContain('to decide anew, escalate the risk again');
    // Decided, so that the next one is another.
    expect(idIn((await run('escalate', risk, '--note', 'for the review')).out)).not.toBe(id);
  });

  test('of a demo is decided about in the present of its data, so that its reports tell it', async () => {
    const standing = async () => {
      const { out } = await run('report', 'payments', '--format', 'json');
      return JSON.parse(out).risks.find((one: { id: string }) => one.id === risk);
    };
    const { decision: before } = await standing();
    expect(before).toMatchObject({ decision: 'accept', by: 'Ada <CTO>', until: FOR_EVER });
    const id = idIn((await run('escalate', risk, '--note', 'once more')).out);
    // The data end on 30 September 2026, whatever day it is.
    const { out } = await run('decide', id, '--accept', '--by', 'Grace', '--until', '2026-10-15');
    expect(out).toMatch(/^Accepted by Grace until 15 October: /);
    expect(out).not.toContain('and later tell it');
    // The later of two decisions that were made in one standing moment.
    expect(await standing()).toMatchObject({ status: 'accepted', decision: { by: 'Grace', escalation: id } });
    expect((await run('risks', 'payments')).out).toContain('Accepted by Grace until 15 October: ');
  });

  test('is escalated and to be addressed', async () => {
    const id = idIn((await run('escalate', risk)).out);
    const { code, out } = await run('decide', id, '--address', '--by', 'Ada', '--until', FOR_EVER);
    expect({ code, first: out.split('\n')[0] }).toEqual({
      code: 0,
      first: 'Being addressed until 31 December 2999, decided by Ada.',
    });
  });
});

test.each([
  [['risks', 'nobody'], 'There are: '],
  [['escalate', 'nobody/support_load'], 'the teams are '],
  [['escalate', 'payments/nothing'], 'Raised are: '],
  [['escalate', 'payments/nothing', '--note', ' '], '--note takes a line'],
  [['decide', 'e-0', '--accept', '--by', 'Ada', '--until', FOR_EVER], 'Escalate a risk first'],
  [['decide', 'e-0', '--by', 'Ada', '--until', FOR_EVER], '--accept, or --address'],
  [['decide', 'e-0', '--accept', '--address', '--by', 'Ada', '--until', FOR_EVER], '--accept, or --address'],
  [['decide', 'e-0', '--accept', '--by', 'Ada', '--until', 'soon'], '"soon" is no date'],
  [['decide', 'e-0', '--accept', '--by', '', '--until', FOR_EVER], '--by takes a line'],
  [['decide', 'e-0', '--accept', '--until', FOR_EVER], '--by <name>'],
])('what is asked wrongly ends with 2 and says what to do: %o', async (args, said) => {
  const { code, out, err } = await run(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(said);
});

test('a decision until a day that is over ends with 2', async () => {
  const id = idIn((await run('escalate', risk, '--note', 'too late')).out);
  const { code, err } = await run('decide', id, '--accept', '--by', 'Ada', '--until', '2020-01-01');
  expect(code).toBe(2);
  expect(err).toContain('would be over already');
});
