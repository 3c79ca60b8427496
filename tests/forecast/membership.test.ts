import { describe, expect, test } from 'vitest';
import { type Members, memberships, versionRef, wasUnder } from '#forecast/membership.ts';
import { team, view } from '#tests/builders/team.ts';
import { idOf, issue } from '#tests/builders/timeline.ts';

const day = (n: number) => Date.UTC(2026, 0, 5 + n);
const keys = (members: Members) => [...members.keys()].map(({ key }) => key);
const v1 = versionRef('acme', 'v1');
const under = (issues: readonly ReturnType<typeof issue>[]) =>
  memberships(view(team(), '2026-02-20', issues));

describe('what lies under a milestone', () => {
  test('is everything below a parent, through stories and epics, in whatever project they are', () => {
    const at = under([
      issue('PAY-1', 'To Do', { type: 'Initiative' }),
      issue('OPS-2', 'To Do', { type: 'Epic', parent: 'PAY-1' }),
      issue('PAY-3', 'To Do', { parent: 'OPS-2' }),
      issue('PAY-4', 'To Do', { type: 'Sub-task', parent: 'PAY-3' }),
      issue('PAY-5', 'To Do'),
    ]);
    expect(keys(at(`acme/${idOf('PAY-1')}`))).toEqual(['PAY-3', 'PAY-4']);
    expect(keys(at(`acme/${idOf('OPS-2')}`))).toEqual(['PAY-3', 'PAY-4']);
    expect(keys(at('acme/nothing'))).toEqual([]);
  });

  test('of a version are the items that have it and their parts, but not those of an epic that has it', () => {
    const at = under([
      issue('PAY-1', 'To Do', { type: 'Epic', versions: ['v1'] }),
      issue('PAY-2', 'To Do', { parent: 'PAY-1' }),
      issue('PAY-3', 'To Do', { versions: ['v1'] }),
      issue('PAY-4', 'To Do', { type: 'Sub-task', parent: 'PAY-3' }),
    ]);
    expect(keys(at(v1))).toEqual(['PAY-3', 'PAY-4', 'PAY-1']);
  });

  test('lasts from when it was put there until it was taken away', () => {
    const moved = issue('PAY-3', 'To Do', {
      parent: 'PAY-1 4d → PAY-2',
      changes: [
        { at: '2d', field: 'versions', to: 'v1' },
        { at: '6d', field: 'versions', from: 'v1' },
      ],
    });
    const at = under([
      issue('PAY-1', 'To Do', { type: 'Epic' }),
      issue('PAY-2', 'To Do', { type: 'Epic' }),
      moved,
    ]);
    expect([...at(v1).values()]).toEqual([[{ from: day(2), to: day(6) }]]);
    expect([...at(`acme/${idOf('PAY-1')}`).values()]).toEqual([[{ from: day(0), to: day(4) }]]);
    expect([...at(`acme/${idOf('PAY-2')}`).values()]).toEqual([[{ from: day(4) }]]);
  });

  test('of a part ends when its item goes elsewhere', () => {
    const at = under([
      issue('PAY-1', 'To Do', { type: 'Epic' }),
      issue('PAY-2', 'To Do', { parent: 'PAY-1 3d → –' }),
      issue('PAY-3', 'To Do', { type: 'Sub-task', parent: 'PAY-2', from: '2026-01-06' }),
    ]);
    expect([...at(`acme/${idOf('PAY-1')}`).values()].at(-1)).toEqual([{ from: day(1), to: day(3) }]);
  });

  test('is asked of the moment before: what is added as it is finished was never under it', () => {
    expect(wasUnder([{ from: 5 }], 5)).toBe(false);
    expect(wasUnder([{ from: 5 }], 6)).toBe(true);
    expect(wasUnder([{ from: 5, to: 8 }], 8)).toBe(true);
    expect(wasUnder([{ from: 5, to: 8 }], 9)).toBe(false);
  });

  test('survives parents in a circle', () => {
    const at = under([
      issue('PAY-1', 'To Do', { type: 'Epic', parent: 'PAY-2' }),
      issue('PAY-2', 'To Do', { type: 'Epic', parent: 'PAY-1' }),
      issue('PAY-3', 'To Do', { parent: 'PAY-1' }),
    ]);
    expect(keys(at(`acme/${idOf('PAY-1')}`))).toContain('PAY-3');
  });
});
