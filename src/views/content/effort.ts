import type { TeamReport } from '#report/team-report.ts';
import { COVER_WORDS, WORKSTREAM_WORDS } from '#report/vocabulary.ts';
import { type Block, end, numbers, paragraph, type Section, start } from './blocks.ts';

/** Over how many lines of work the team is spread. */
export function effortSection({ workstreams }: TeamReport): Section {
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
          ['Workstreams that one person carries nearly alone', workstreams.onePerson],
          ['The part of all workstreams that they are', workstreams.onePersonShare],
          ['Effort that belongs to no workstream', workstreams.unassignedShare],
          ['Work days with an item in progress', workstreams.coverage],
        ],
      ),
      ...named(workstreams),
      paragraph(workstreams.note),
    ],
  };
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
