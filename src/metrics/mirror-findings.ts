import type { TeamView } from '#domain/team-view.ts';
import { counted, type Finding, FLOW, shareOf, someNames, someRefs } from './finding.ts';

/** Work of a team that two of its trackers keep the same, and that would count twice. */
export function mirrorFindings(view: TeamView): readonly Finding[] {
  const { mirrored, items, parents } = view;
  const pairs = mirrored.map((pair) => `${pair.counted.key} for ${pair.copy.key}`);
  const sources = [...new Set(mirrored.map((pair) => `"${pair.counted.issue.source}"`))];
  return [
    {
      check: 'mirrored',
      count: mirrored.length,
      ...shareOf(mirrored.length, items.length + parents.length),
      items: someRefs(
        view,
        mirrored.map((pair) => pair.counted),
      ),
      affects: [...FLOW, 'throughput'],
      sentence: `${counted(mirrored.length, 'item is', 'items are')} kept the same in two trackers by their own sync, and would count twice: each counts once, as ${sources.join(' and ')} has it (${someNames(pairs)}). Of a pair the source counts that the scope of the team names first.`,
    },
  ];
}
