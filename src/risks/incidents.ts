import { percent, rounded } from '#domain/wording.ts';
import { incidentShare, incidents as incidentsOf } from '#metrics/incidents.ts';
import { incidentsLately } from '#metrics/incidents-lately.ts';
import { recentEffort } from '#metrics/recent-effort.ts';
import { evidenceOf, refWhy, trustIn } from './evidence.ts';
import { guessDoubt, guessOf, rangeIn } from './people-range.ts';
import type { Range } from './risk.ts';
import type { Detector } from './signal.ts';

/**
 * Incidents that stop the line a couple of times in a quarter, or took a twentieth of the last one.
 *
 * Two or more in a quarter are as likely as Jeffreys' posterior of the rate says, a twentieth as weeks drawn again say: it is
 * as likely as the likelier of the two. Relieved, the goal would be worked on as fast as in the weeks around them; the cost
 * is the people's time that went into them in the year or, where that is more, in the last quarter; one person's is not told.
 */
export const incidents: Detector = (view) => {
  const found = incidentsOf(view);
  const { perQuarter, twoOrMore, share, paceWithout } = found;
  if (perQuarter.kind === 'insufficient' || twoOrMore.kind === 'insufficient') return [];
  const lately = incidentsLately(view);
  const probabilityReal = Math.max(twoOrMore.value, lately.notable ?? 0);
  if (found.items.length === 0 || probabilityReal < 0.5) return [];
  const ratio: Range | undefined =
    paceWithout.kind === 'value'
      ? [Math.max(1, paceWithout.interval90[0] ?? 1), Math.max(1, paceWithout.interval90[1] ?? 1)]
      : undefined;
  const pace = ratio === undefined || ratio[1] === 1 ? undefined : ({ kind: 'pace', ratio } as const);
  const people = recentEffort(view).teamFte;
  const times = found.items.length;
  const [larger] = [
    { told: share, of: incidentShare(view) },
    { told: lately.share, of: lately.ofWhoever },
  ]
    .flatMap(({ told, of }) =>
      of.kind === 'value' ? [{ isTold: told.kind === 'value', part: rangeIn(of) }] : [],
    )
    .toSorted((a, b) => b.part[0] - a.part[0]);
  const cost: Range | undefined = larger && [larger.part[0] * people, larger.part[1] * people];
  const recent =
    lately.share.kind === 'value' && (lately.notable ?? 0) >= 0.5
      ? ` In the last quarter they took ${percent(lately.share.value)} of the team’s time.`
      : '';
  return [
    {
      kind: 'incidents',
      statement: `Incidents stopped the line ${times} ${times === 1 ? 'time' : 'times'}: ${rounded(perQuarter.value)} in a quarter.${recent}`,
      evidence: [
        evidenceOf(
          'incidents.perQuarter',
          perQuarter,
          found.items.map((item) => refWhy(item, 'stopped the line')),
        ),
        evidenceOf('incidents.days', found.days),
        evidenceOf('incidents.share', share),
        evidenceOf('incidents.shortfall', found.shortfall),
      ],
      probabilityReal,
      confidence: trustIn({ 'the rate': perQuarter }, guessDoubt('an incident', found.told)),
      ...guessOf(view, 'incident'),
      ...(larger?.isTold === false ? { ofTooFew: true as const } : {}),
      owner: 'shared',
      ...(pace === undefined ? {} : { relief: pace }),
      relievedIf: 'weeks went as those without incidents do',
      ...(cost === undefined ? {} : { cost: { fte: cost } }),
      options: [
        {
          action: 'Make time for the causes of these incidents before anything new is begun.',
          assumption:
            'They have causes that can be removed, and weeks without them go like those around them.',
          whoDecides: 'team',
          relief: () => pace ?? 'weeks with incidents went as fast as those around them',
        },
        {
          action: 'Let others be called first, so that the line need not stop.',
          assumption: 'There are others who can.',
          whoDecides: 'leadership',
          relief: () =>
            cost === undefined
              ? 'it is not seen how much time incidents take'
              : { kind: 'people', fte: [cost[0], (cost[0] + cost[1]) / 2, cost[1]] },
        },
      ],
    },
  ];
};
