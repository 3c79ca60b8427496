import type { At, Mistake } from './config-error.ts';
import { overlap } from './overlap.ts';
import { child, list, text } from './raw.ts';

/** Members with accounts in sources that are not there, or who are listed twice at the same time. */
export function rosterMistakes(
  team: unknown,
  t: number,
  sources: readonly (string | undefined)[],
  known: string,
  at: At,
): readonly Mistake[] {
  const members = list(team, 'members');
  return members.flatMap((member, m) =>
    Object.keys(child(member, 'ids') ?? {}).flatMap((source) => {
      const place = ['teams', t, 'members', m, 'ids', source];
      if (!sources.includes(source)) {
        return [at(place, `there is no source "${source}"; there are: ${known}`)];
      }
      const account = text(child(member, 'ids'), source);
      const isTwice = members
        .slice(0, m)
        .some((other) => text(child(other, 'ids'), source) === account && overlap(other, member));
      return account !== undefined && isTwice
        ? [
            at(
              place,
              'this account is listed twice at the same time; remove one, or say with from and to when',
            ),
          ]
        : [];
    }),
  );
}
