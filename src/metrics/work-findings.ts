import { scalarIntervals } from '#domain/field-values.ts';
import { fitsAny, membersWithNames } from '#domain/team.ts';
import type { TeamView } from '#domain/team-view.ts';
import { markedGroup } from './alternatives.ts';
import { counted, type Finding, someNames, someRefs } from './finding.ts';
import { skillsIn } from './free-hands.ts';
import { kindBases, workKindsOf } from './work-kinds.ts';
import { workstreams } from './workstreams.ts';

/** What was guessed of kinds of work, and what the configuration says of them that fits nothing. */
export function workFindings(view: TeamView): readonly Finding[] {
  const bases = kindBases(view);
  const guessed = bases.filter(({ by, items }) => by === 'guessed' && items > 0);
  const kindsOf = workKindsOf(view);
  const items = view.items.filter((item) =>
    kindsOf(item).some((kind) => guessed.some((basis) => basis.kind === kind)),
  );
  const unmatched = [
    ...bases.flatMap((basis) => basis.unmatched),
    ...unmatchedAlternatives(view),
    ...unmatchedSkills(view),
  ];
  const unseen = unseenMembers(view);
  const alone = aloneAlternatives(view);
  const undecidable = workstreams(view).alternatives.filter(
    ({ state }) => state === 'undated' || state === 'without_metric',
  );
  return [
    {
      check: 'work_kind_guessed',
      count: items.length,
      items: someRefs(view, items),
      affects: DRAINS,
      sentence: `${counted(items.length, 'item was', 'items were')} taken for a kind of work by name alone: ${guessed
        .map(({ kind, names }) => `${kind} from ${someNames(names)}`)
        .join('; ')}. Say under \`work\` what is meant to be sure.`,
    },
    {
      check: 'configuration_unmatched',
      count: unmatched.length,
      items: [],
      affects: [...DRAINS, 'workstreams'],
      sentence: `${counted(unmatched.length, 'value of the configuration fits', 'values of the configuration fit')} nothing in the data: ${someNames(unmatched)}. Until mended, they change nothing.`,
    },
    {
      check: 'members_unseen',
      count: unseen,
      items: [],
      affects: ['workstreams', 'supportLoad', 'turnover'],
      sentence: `${counted(unseen, 'member of the roster has', 'members of the roster have')} no account that any issue knows: check the account ids, or take it that they never held an item.`,
    },
    {
      check: 'alternatives_undecidable',
      count: undecidable.length,
      items: [],
      affects: ['workstreams'],
      sentence: `${counted(undecidable.length, 'group of alternatives counts', 'groups of alternatives count')} as separate workstreams, since no decision date or no metric is named: ${someNames(undecidable.map(({ id }) => id))}.`,
    },
    {
      check: 'alternatives_alone',
      count: alone.length,
      items: [],
      affects: ['workstreams'],
      sentence: `${counted(alone.length, 'group of alternatives names', 'groups of alternatives name')} one line of work, and no label in the tracker names another, so that there is nothing to choose from: ${someNames(alone)}.`,
    },
  ];
}

const DRAINS = ['supportLoad', 'incidents', 'unplanned'];

/** Values of alternatives that name no parent, project, component or label there is. */
function unmatchedAlternatives(view: TeamView): readonly string[] {
  const { alternatives = [] } = view.team;
  if (alternatives.length === 0) return [];
  const all = [...view.byRef.values()];
  const labels = all.flatMap(({ issue }) => membersWithNames(issue, 'labels'));
  const projects = [...view.references.values()].flatMap((reference) => [
    ...reference.projects.flatMap(({ id, key, name }) => [id, key, name]),
    ...(reference.initiatives ?? []).flatMap(({ id, name }) => [id, name]),
  ]);
  const streams = [
    ...all.flatMap(({ issue, key, title }) => [issue.id, `${issue.source}/${issue.id}`, key, title]),
    ...all.flatMap(({ issue }) => membersWithNames(issue, 'components')),
    ...labels,
    ...projects,
  ];
  return alternatives.flatMap((group) =>
    [
      ...(group.streams ?? []).filter((one) => !fitsAny([one], streams)),
      ...(group.labels ?? []).filter((one) => !fitsAny([one], labels)),
    ].map((value) => `alternatives ${group.id}: ${value}`),
  );
}

/** Groups of which one line of work is named, and none by a label that may mark others, here or in the tracker. */
function aloneAlternatives(view: TeamView): readonly string[] {
  const few = (view.team.alternatives ?? []).filter(
    ({ streams = [], labels = [] }) => streams.length <= 1 && labels.length === 0,
  );
  if (few.length === 0) return [];
  const marked = new Set(
    [...view.byRef.values()].flatMap(({ issue }) => membersWithNames(issue, 'labels')).map(markedGroup),
  );
  return few.filter(({ id }) => !marked.has(id)).map(({ id }) => id);
}

/** Skills of members that no issue has as a label; never whose. */
function unmatchedSkills(view: TeamView): readonly string[] {
  const skills = skillsIn(view.team.members ?? []);
  if (skills.length === 0) return [];
  const labels = [...view.byRef.values()].flatMap(({ issue }) => membersWithNames(issue, 'labels'));
  return skills.filter((skill) => !fitsAny([skill], labels)).map((skill) => `members.skills: ${skill}`);
}

/** How many members nobody ever assigned anything to, nor saw act; never who. */
function unseenMembers(view: TeamView): number {
  const { members = [] } = view.team;
  if (members.length === 0) return 0;
  const seen = new Set(
    [...view.byRef.values()].flatMap(({ issue }) => [
      ...scalarIntervals(issue, 'assignee').map(({ value }) => `${issue.source}/${value?.value ?? ''}`),
      ...issue.events.map(({ actor }) => `${issue.source}/${actor ?? ''}`),
    ]),
  );
  return members.filter(
    ({ ids }) => !Object.entries(ids).some(([source, hash]) => seen.has(`${source}/${hash}`)),
  ).length;
}
