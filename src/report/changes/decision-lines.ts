import type { RaisedRisk } from '#risks/assess.ts';
import { decidedWords } from '../decided-words.ts';
import type { ChangeLine, Compared } from './change-line.ts';
import { costWords, itemsOf, NOTABLE } from './risk-lines.ts';

/** What was decided about risks that are raised, and which of these are open again: with the cost of then and of now. */
export function decisionLines(before: Compared, now: Compared): readonly ChangeLine[] {
  const then = new Map(before.risks.map((risk) => [risk.id, risk]));
  return now.risks.flatMap((risk): readonly ChangeLine[] => {
    const kind = kindOf(risk, then.get(risk.id), before);
    const { lead = '', rest = '' } = decidedWords(risk, now.asOf) ?? {};
    if (kind === undefined) return [];
    const { words, ...costs } = kind === 'risk_reopened' ? costThen(risk) : { words: '' };
    return [{ kind, sentence: `${lead} ${rest}${words} ${risk.statement}`, ...costs, items: itemsOf(risk) }];
  });
}

function kindOf(
  { decision, reopened }: RaisedRisk,
  then: RaisedRisk | undefined,
  { asOf }: Compared,
): 'risk_decided' | 'risk_reopened' | undefined {
  if (decision === undefined) return undefined;
  // Of a risk that was not raised then, nobody told what had been decided: the day of the numbers tells when that was.
  const isOld =
    then === undefined ? decision.asOf <= asOf : then.decision?.escalation === decision.escalation;
  if (reopened === undefined) return isOld ? undefined : 'risk_decided';
  return isOld && then?.reopened?.because === reopened.because ? undefined : 'risk_reopened';
}

function costThen({ decision, impact }: RaisedRisk): Costs {
  for (const { of, bound, span, unit } of NOTABLE) {
    const [from, to] = [of === 'fte' ? undefined : decision?.[of], impact[of]];
    if (from === undefined || to === undefined) continue;
    const toBound = bound === undefined ? undefined : impact[bound];
    const words = ` Now ${costWords(span, to, toBound)}${unit}, then ${costWords(span, from, undefined)}.`;
    return { words, from, to, ...(toBound === undefined ? {} : { toBound }) };
  }
  return { words: '' };
}

type Costs = { readonly words: string } & Pick<ChangeLine, 'from' | 'to' | 'toBound'>;
