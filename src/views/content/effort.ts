import type { TeamReport } from '#report/team-report.ts';
import { ALTERNATIVES_WORDS, COVER_WORDS, WORKSTREAM_WORDS } from '#report/vocabulary.ts';
import { plural } from '#report/words.ts';
import { type Block, day, end, numbers, numbersTold, paragraph, type Section, start } from './blocks.ts';

/** Over how many lines of work the team is spread. */
export function effortSection({ workstreams, metrics }: TeamReport): Section {
  const cover = COVER_WORDS[workstreams.cover];
  const how =
    workstreams.chosen === 'automatic' ? 'chosen since it covers most of the work' : 'as configured';
  const made =
    workstreams.by === undefined
      ? 'No kind of workstream covers enough of the work to tell them apart.'
      : `A workstream here is one ${WORKSTREAM_WORDS[workstreams.by]} (${how}).`;
  return {
    id: 'effort',
    title: 'Where the effort goes',
    blocks: [
      paragraph(cover === undefined ? made : `${made} ${cover}`),
      numbers(
        'Lines of work at once',
        [],
        [
          ['Workstreams open', workstreams.active],
          ['Effective workstreams: as if the effort were spread equally over so many', workstreams.effective],
          ['The same by entropy', workstreams.entropyEffective],
          ['People at work', workstreams.people],
          ['People for each effective workstream', workstreams.peoplePerEffective],
          ['How likely it is that there are fewer than two for each', workstreams.fewerThanTwo],
          ['Effective workstreams at a time, of those still worked on', workstreams.atOnce],
          ['How likely it is that there are fewer than two people for these', workstreams.fewerThanTwoAtOnce],
          ['Workstreams that one person carries nearly alone', workstreams.onePerson],
          ['The part of all workstreams that they are', workstreams.onePersonShare],
          ['Effort that belongs to no workstream', workstreams.unassignedShare],
          ['Work days with an item in progress', workstreams.coverage],
        ],
      ),
      ...named(workstreams),
      ...choices(workstreams),
      earlier(workstreams),
      ...onTheGoal(metrics),
      paragraph(workstreams.note),
    ],
  };
}

/** The same team some weeks ago. */
function earlier({ history }: TeamReport['workstreams']): Block {
  return numbersTold(
    'The same team before',
    history.flatMap(({ weeksAgo, effective, peoplePerEffective, moreNow }) => [
      [`Effective workstreams ${weeksAgo} weeks ago`, effective],
      [`People for each of them ${weeksAgo} weeks ago`, peoplePerEffective],
      [`How likely it is that there are more workstreams now than ${weeksAgo} weeks ago`, moreNow],
    ]),
  );
}

function onTheGoal({ goalFocus, swarmRate, newWork }: TeamReport['metrics']): readonly Block[] {
  return [
    numbersTold('What goes into the goal', [
      ['The part of the effort that does', goalFocus.share],
      ['People’s time on other work that could pause', goalFocus.couldPause],
      ['The part of the goal’s items that two or more people worked on', swarmRate],
      ['Other work begun while the goal’s was ready', newWork.perWeek],
    ]),
  ];
}

function choices({ alternatives }: TeamReport['workstreams']): readonly Block[] {
  if (alternatives.length === 0) return [];
  const items = alternatives.map(({ id, state, streams, decideBy }) => {
    const due = decideBy === undefined ? [] : [', to decide by ', day(decideBy)];
    return [`${id}: ${plural(streams, 'workstream')} ${ALTERNATIVES_WORDS[state]}`, ...due];
  });
  return [{ kind: 'list', title: 'Alternatives', items }];
}

function named({ items }: TeamReport['workstreams']): readonly Block[] {
  if (items.length === 0) return [];
  return [
    {
      kind: 'table',
      title: 'Workstreams with at least 3 contributors, and their part of the effort',
      columns: [start('Workstream'), end('Part of the effort')],
      rows: items.map(({ name, url, share }) => [
        [url === undefined ? name : { kind: 'link', text: name, url }],
        { kind: 'number', number: share },
      ]),
      shown: items.length,
      rowsAre: 'workstreams',
    },
  ];
}
