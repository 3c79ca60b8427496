import { describe, expect, test } from 'vitest';
import type { Member } from '#domain/roster.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { newWorkWhileGoalWaits, newWorkWhileWaiting } from '#metrics/new-work.ts';
import { day } from '#tests/builders/goal.ts';
import { team, view } from '#tests/builders/team.ts';
import { type IssueOptions, issue } from '#tests/builders/timeline.ts';

/** Monday 19 January; the view ends with the Friday of the week after. */
const MONDAY = '2026-01-19';
const isGoal = ({ key }: WorkItem) => key === 'PAY-7';
type Issues = Parameters<typeof view>[2];
const events = (issues: Issues, changes = {}) =>
  newWorkWhileWaiting(view(team(), '2026-01-30', issues, changes), isGoal).items.map(({ key }) => key);

/** Ready from Monday on, blocked from Thursday 08:00. */
const ready = (more: IssueOptions = {}) =>
  issue('PAY-7', 'To Do', { from: MONDAY, flagged: '– 80h → Impediment', ...more });
const begun = (key: string, at: string, more: IssueOptions = {}) =>
  issue(key, 'In Progress', { from: at, assignee: 'p1', ...more });

const story = begun('PAY-1', '2026-01-20T10:00Z');
const incident = begun('PAY-2', '2026-01-21T09:00Z', { type: 'Incident', assignee: 'p2' });
const chore = begun('PAY-3', '2026-01-22T12:00Z', { assignee: 'p3' });

describe('new work while the goal waits', () => {
  test('is one event: not the incident, and not when the goal is blocked (WX-B5)', () => {
    expect(events([ready(), story, incident, chore])).toEqual(['PAY-1']);
    const found = newWorkWhileWaiting(view(team(), '2026-01-30', [ready(), story, incident, chore]), isGoal);
    // One in the four weeks of 20 work days: Gamma(1.5, 4).
    expect(found.perWeek).toMatchObject({
      value: 0.25,
      unit: 'per_week',
      interval90: [expect.closeTo(0.044, 3), expect.closeTo(0.977, 3)],
    });
  });

  test('is none when the goal’s item lies in the backlog, or was begun', () => {
    expect(events([issue('PAY-7', 'Backlog', { from: MONDAY }), story])).toEqual([]);
    expect(events([issue('PAY-7', 'In Progress', { from: MONDAY }), story])).toEqual([]);
  });

  test('is none while something has to come first', () => {
    const waits = ready({
      changes: [{ at: '1h', field: 'links', to: 'PAY-9', toName: 'This issue is blocked by PAY-9' }],
    });
    const first = issue('PAY-9', 'To Do', { from: MONDAY });
    expect(events([waits, first, story])).toEqual([]);
    expect(events([waits, issue('PAY-9', 'Done', { from: MONDAY }), story])).toEqual(['PAY-1']);
  });

  test('is none while whoever has the goal’s item is busy', () => {
    const busy = issue('PAY-9', 'In Progress', { from: '2026-01-05', assignee: 'p5' });
    expect(events([ready({ assignee: 'p5' }), story, busy])).toEqual([]);
    expect(events([ready({ assignee: 'p5' }), story])).toEqual(['PAY-1']);
  });

  test('asks for the running cycle, where there is one', () => {
    const cycles = [
      { id: 's1', name: 'S', startAt: Date.parse(MONDAY), plannedEndAt: Date.parse('2026-01-30') },
    ];
    const inIt = issue('PAY-9', 'To Do', { from: MONDAY, cycles: ['s1'] });
    expect(events([ready(), inIt, story], { cycles })).toEqual([]);
    expect(events([ready({ cycles: ['s1'] }), story], { cycles })).toEqual(['PAY-1']);
  });

  test('asks for no cycle that nothing of the team was ever in: another team’s board runs it', () => {
    const cycles = [
      { id: 's9', name: 'T', startAt: Date.parse(MONDAY), plannedEndAt: Date.parse('2026-01-30') },
    ];
    expect(events([ready(), story], { cycles })).toEqual(['PAY-1']);
  });

  test('leaves out what took less than half a person-day, and parts of items', () => {
    const others = ['PAY-4', 'PAY-5', 'PAY-6'].map((key) => begun(key, '2026-01-05'));
    const short = issue('PAY-1', 'In Progress 2h → Done', { from: '2026-01-20T10:00Z', assignee: 'p1' });
    const part = begun('PAY-8', '2026-01-20T10:00Z', { type: 'Sub-task', assignee: 'p4' });
    expect(events([ready(), short, part, ...others])).toEqual([]);
  });

  describe('where the roster says who knows what', () => {
    const member = (person: string, more: Partial<Member> = {}): Member => ({
      ids: { acme: person },
      fte: 1,
      ...more,
    });
    const ios = { labels: ['iOS'] };
    /** p1 begins the story on Tuesday at 10:00. */
    const told = (members: readonly Member[], goal: IssueOptions, ...more: Issues) =>
      newWorkWhileWaiting(
        view(team({ members }), '2026-01-30', [ready(goal), story, ...more]),
        isGoal,
      ).items.map(({ key }) => key);

    test('is none when nobody who was free knows what the goal’s item takes', () => {
      expect(told([member('p1'), member('p2', { skills: ['ios'] })], ios)).toEqual(['PAY-1']);
      const busy = issue('PAY-9', 'In Progress', { from: '2026-01-05', assignee: 'p2' });
      expect(told([member('p1'), member('p2', { skills: ['ios'] })], ios, busy)).toEqual([]);
      expect(told([member('p1', { skills: ['ios'] }), member('p2', { skills: ['ios'] })], ios, busy)).toEqual(
        ['PAY-1'],
      );
    });

    test('asks one person to know all of it', () => {
      const both = { labels: ['iOS', 'maps'] };
      const one = (skills: readonly string[]) => member('p1', { skills });
      expect(told([one(['ios']), member('p2', { skills: ['maps'] })], both)).toEqual([]);
      expect(told([one(['ios', 'maps'])], both)).toEqual(['PAY-1']);
    });

    test('counts on nobody who is away, or not yet there', () => {
      const skilled = (more: Partial<Member>) => [member('p1'), member('p2', { skills: ['ios'], ...more })];
      expect(told(skilled({ fte: 0 }), ios)).toEqual([]);
      expect(told(skilled({ from: day('2026-01-21') }), ios)).toEqual([]);
      expect(told(skilled({ from: day('2026-01-20') }), ios)).toEqual(['PAY-1']);
    });

    test('is as it was for an item whose labels are nobody’s skill', () => {
      expect(told([member('p1'), member('p2', { skills: ['android'] })], ios)).toEqual(['PAY-1']);
      expect(told([member('p1')], {})).toEqual(['PAY-1']);
    });
  });

  test('is unknown without a goal', () => {
    expect(newWorkWhileGoalWaits(view(team(), '2026-01-30', [story])).perWeek).toMatchObject({
      have: 0,
      need: 1,
    });
  });
});
