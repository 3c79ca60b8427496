import { MS_PER_DAY } from '#domain/calendar.ts';
import { scalarIntervals } from '#domain/field-values.ts';
import type { TeamView } from '#domain/team-view.ts';
import type { WorkItem } from '#domain/work-item.ts';
import { minimumSample } from '#statistics/quantiles.ts';
import { FLOW_DAYS } from './lookback.ts';
import { releases } from './release.ts';

/** A resolution that says what is still to be done, whatever the status is called. */
const STILL_TO_DO =
  /\b(ready (for|to)|needs?|to be|await\w*|pending|waiting( (for|on))?) (the )?(user |customer |peer |code |final )?(docs?|document(ed|ation)|qa|uat|test(s|ed|ing)?|review(ed)?|verif(y|ied|ication)|validat(e|ed|ion)|accept(ed|ance)|approv(al|ed)|releas(e|ed|ing)|deploy(ed|ment)?|merged?|roll ?out|adoption)\b/i;

/**
 * The resolution of an item that is not out, where it says what is still to be done, such as "Ready for Test".
 *
 * Not where it has become the team's word for done: where most of the work that was resolved so more than 180 days ago was
 * neither taken up again nor went out within those. A name alone says it below 5 of these.
 */
export function resolutionsToDo(view: TeamView): (item: WorkItem) => string | undefined {
  const releaseOf = releases(view);
  const isOut = (item: WorkItem) => releaseOf(item).kind.startsWith('released');
  const decidedBefore = view.asOf - FLOW_DAYS * MS_PER_DAY;
  const known = new Map<string, { decided: number; movedOn: number }>();
  const waiting = new Map<WorkItem, string>();
  for (const item of view.items) {
    for (const { value, from, to } of scalarIntervals(item.issue, 'resolution')) {
      const name = value?.name;
      if (name === undefined || !STILL_TO_DO.test(name.replaceAll(/[-_]+/g, ' '))) continue;
      const of = known.get(name) ?? { decided: 0, movedOn: 0 };
      known.set(name, of);
      if (from < decidedBefore) {
        of.decided += 1;
        const release = releaseOf(item);
        const until = to ?? (release.kind === 'released' ? release.at : undefined);
        if (until !== undefined && until <= from + FLOW_DAYS * MS_PER_DAY) of.movedOn += 1;
      }
      if (to === undefined && !isOut(item)) waiting.set(item, name);
    }
  }
  const isWordForDone = (name: string) => {
    const { decided, movedOn } = known.get(name) ?? { decided: 0, movedOn: 0 };
    return decided >= minimumSample(50) && movedOn < decided / 2;
  };
  return (item) => {
    const name = waiting.get(item);
    return name === undefined || isWordForDone(name) ? undefined : name;
  };
}
