import type { JiraUser } from '../jira/model.ts';
import type { Chance } from './chance.ts';

/** So many accounts. They are nobody: an opaque id is all there is of them, shown name included. */
export function createPeople(chance: Chance, count: number): readonly JiraUser[] {
  return Array.from({ length: count }, () => {
    const accountId = `sim-${chance.hex(12)}`;
    return { accountId, displayName: accountId, active: true };
  });
}
