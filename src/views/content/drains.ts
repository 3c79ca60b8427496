import type { TeamReport } from '#report/team-report.ts';
import { type Block, itemWords, numbersTold, paragraph, type Section } from './blocks.ts';

/** What takes the team's capacity besides what it plans. */
export function drainsSection({ metrics }: TeamReport): Section {
  const { supportLoad, incidents, unplanned, reworkRate, turnover } = metrics;
  return {
    id: 'drains',
    title: 'What takes capacity',
    blocks: [
      numbersTold('Support', [
        ['People’s time that goes into support', supportLoad.fte],
        ['The part of the team’s time', supportLoad.share],
        ['People the team has', supportLoad.team],
        ['How likely it is half a person’s time or more', supportLoad.halfPersonOrMore],
        ['Days that no item explains', supportLoad.unattributed],
      ]),
      ...guess('support', supportLoad.told),
      numbersTold('Incidents that stop the line', [
        ['How often', incidents.perQuarter],
        ['How likely it is that there are two or more in a quarter', incidents.twoOrMore],
        ['Days on which the line stood', incidents.days],
        ['The part of the effort that went into them', incidents.share],
        ['What a week with one finishes less than those around it', incidents.shortfall],
        ['How many times as much would be finished without', incidents.paceWithout],
      ]),
      ...stopped(incidents),
      ...guess('an incident', incidents.told),
      numbersTold('Work that was not planned', [
        ['The part of the items begun', unplanned.share],
        ['The part of the effort on items begun', unplanned.effortShare],
        ['People’s time that goes into it', unplanned.fte],
        ['How likely it is more than half', unplanned.mostlyUnplanned],
        ['Deployments that an incident was the reason for', reworkRate],
      ]),
      numbersTold('Who is there', [
        [turnover.wording === 'left' ? 'People who left' : 'People who are no longer active', turnover.gone],
        ['People who came', turnover.arrived],
        ['Turnover', turnover.rate],
        ['How many more people there are', turnover.capacityChange],
        ['Seniority and disciplines', turnover.coverage],
      ]),
      paragraph(
        turnover.told === 'roster'
          ? 'By the roster: who is away still belongs to the team.'
          : 'By activity: a tracker cannot tell leave from departure. A roster (members in the configuration) can.',
      ),
    ],
  };
}

function guess(kind: string, told: 'configured' | 'guessed' | 'unknown'): readonly Block[] {
  return told === 'guessed' ? [paragraph(`What counts as ${kind} was guessed from names.`)] : [];
}

function stopped({ items }: TeamReport['metrics']['incidents']): readonly Block[] {
  return items.length === 0
    ? []
    : [
        {
          kind: 'list',
          title: 'Incidents that stopped the line',
          items: items.slice(0, SHOWN).map(itemWords),
        },
      ];
}

const SHOWN = 10;
