import { max, min } from 'd3-array';
import type { Gate } from '#domain/gate.ts';
import type { TeamView } from '#domain/team-view.ts';
import {
  deployed,
  inReleasedVersion,
  inStage,
  inStatus,
  verified,
  withClosedChildren,
  withField,
  withKpis,
  withLabel,
  withLinkedWorkDone,
} from './evidence.ts';
import type { Ask, Shown } from './shown.ts';

/** Whether a gate is open for an item: any of its evidence is enough, and the first that there was counts. */
export function gateOf(view: TeamView, gate: Gate): Ask {
  const asks = evidenceOf(view, gate);
  const [only] = asks;
  if (only !== undefined && asks.length === 1) return only;
  return (item) => {
    const { shown, lacking } = sorted(asks.map((ask) => ask(item)));
    if (shown.length === 0) return { kind: 'lacking', what: lacking.join(' or ') };
    return since(min(shown, (one) => one.since));
  };
}

/** Whether all of several gates are open: since the last of them opened. */
export function everyGate(asks: readonly Ask[]): Ask {
  const [only] = asks;
  if (only !== undefined && asks.length === 1) return only;
  return (item) => {
    const { shown, lacking } = sorted(asks.map((ask) => ask(item)));
    if (lacking.length > 0) return { kind: 'lacking', what: lacking.join(', and ') };
    return shown.every((one) => one.since !== undefined)
      ? since(max(shown, (one) => one.since))
      : { kind: 'shown' };
  };
}

function sorted(answers: readonly Shown[]) {
  return {
    shown: answers.filter((answer) => answer.kind === 'shown'),
    lacking: answers.filter((answer) => answer.kind === 'lacking').map(({ what }) => what),
  };
}

function since(at: number | undefined): Shown {
  return at === undefined ? { kind: 'shown' } : { kind: 'shown', since: at };
}

function evidenceOf(view: TeamView, gate: Gate): readonly Ask[] {
  const { stage, statuses, labels, field, version, environments, children, linked, verification, kpis } =
    gate;
  return [
    stage && inStage(stage),
    statuses && inStatus(view, statuses),
    labels && withLabel(labels),
    field && withField(view, field),
    version && inReleasedVersion(view),
    environments && deployed(view, environments),
    children && withClosedChildren(view),
    linked && withLinkedWorkDone(view, linked),
    verification && verified(view),
    kpis && withKpis(view, kpis),
  ].filter((ask) => ask !== undefined);
}
