import type { JiraVersion } from '../../jira/model.ts';
import type { Draft } from '../draft.ts';
import type { Team } from '../team.ts';
import { closeInBulk } from './bulk-closure.ts';
import { forgottenEpics } from './forgotten-epics.ts';
import { letLinger } from './linger.ts';
import { missMilestone } from './missed-milestone.ts';
import type { Bed, Plant } from './planted.ts';
import { praiseLateMilestone } from './praised-milestone.ts';
import { reopen } from './reopen.ts';
import { supportDrain } from './support-drain.ts';
import { addWarts } from './warts.ts';
import { workstreams } from './workstreams.ts';

/** A team's issues with everything planted in them. */
export interface Sown {
  readonly drafts: readonly Draft[];
  readonly plants: readonly Plant[];
  /** Versions beside the monthly releases. */
  readonly versions: readonly JiraVersion[];
}

/** Plants in a team what is meant for it. */
export function sow(team: Team, drafts: readonly Draft[]): Sown {
  const bed: Bed = { team, drafts, taken: new Set() };
  switch (team.plan.id) {
    case 'payments': {
      const { version, added, plants } = missMilestone(bed);
      const all = [...drafts, ...added];
      const late = [...plants, letLinger(bed), reopen(bed)];
      const whole = { ...bed, drafts: all };
      return {
        drafts: all,
        plants: [...late, forgottenEpics(whole), supportDrain(whole), workstreams(whole, 'focused_team')],
        versions: [version],
      };
    }
    case 'onboarding': {
      const { added, plant } = closeInBulk(team);
      return {
        drafts: [...drafts, ...added],
        plants: [workstreams(bed, 'workstream_sprawl'), plant, ...addWarts(bed)],
        versions: [],
      };
    }
    case 'mobile': {
      const { added, plant } = praiseLateMilestone(bed);
      return { drafts: [...drafts, ...added], plants: [letLinger(bed), plant], versions: [] };
    }
    // What is to be found in this one is that it is two halves.
    case 'lending':
      return { drafts, plants: [], versions: [] };
    default:
      return { drafts, plants: [workstreams(bed, 'healthy_team')], versions: [] };
  }
}
