import { expect, test } from 'vitest';
import { typeFamily } from '#domain/type-family.ts';

const named = (name: string, level = 0) => typeFamily({ name, level });

test.each([
  ['bug', ['Bug', 'bug', 'Defect', 'Incident', 'Production Incident', 'Story Defect']],
  ['feature', ['Story', 'User Story', 'Feature', 'New Feature', 'Improvement', 'Enhancement']],
  ['task', ['Task', 'Chore', 'Technical Debt', 'Technical Story', 'Spike']],
])('types of the family %s are known by the words of their names', (family, names) => {
  expect(names.map((name) => named(name))).toEqual(names.map(() => family));
});

test('what is part of another item is a sub-task, whatever it is called', () => {
  expect([named('Bug', -1), named('Sub-task', -1), named('Teilaufgabe', -1)]).toEqual([
    'sub-task',
    'sub-task',
    'sub-task',
  ]);
});

test('any other type is a family of its own: a part of a word, or another language, is not guessed at', () => {
  const names = ['Service Request', 'Debugging', 'History', 'Multitasking', 'Fehler', ''];
  expect(names.map((name) => named(name))).toEqual(names);
});
