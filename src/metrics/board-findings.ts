import { scalarNow } from '#domain/field-values.ts';
import type { TeamView } from '#domain/team-view.ts';
import { counted, EVERY_METRIC, type Finding, someNames } from './finding.ts';

/**
 * The projects of a team whose boards the tracker would not show. Where the team is told by boards, any such project of
 * the source may hold work that is not known to be its own.
 */
export function boardFindings({ team, items, references }: TeamView): readonly Finding[] {
  const isByBoards = team.scope.some(({ boards }) => boards !== undefined);
  const named = [...references.values()].flatMap(({ source, projects, boardsUnread = [] }) => {
    const mine = new Set(
      items
        .filter(({ issue }) => issue.source === source)
        .map(({ issue }) => scalarNow(issue, 'project')?.value),
    );
    return boardsUnread
      .filter((id) => isByBoards || mine.has(id))
      .map((id) => projects.find((project) => project.id === id)?.key ?? id);
  });
  return [
    {
      check: 'boards_unread',
      count: named.length,
      items: [],
      affects: isByBoards ? EVERY_METRIC : ['sayDo'],
      sentence: `The tracker would not show the boards of ${counted(named.length, 'project', 'projects')} (${someNames(named)}): sprints there are known as far as issues name them, and what a scope by boards would find there is missing. Let the user of the token see these boards.`,
    },
  ];
}
