import { lackWords } from '#domain/lack-words.ts';
import { decidedWords } from '#report/decided-words.ts';
import { evidenceWords } from '#report/evidence-words.ts';
import type { NotYetRaised } from '#report/not-yet-raised.ts';
import type { TeamReport } from '#report/team-report.ts';
import { CONFIDENCE_WORDS, MOVE_WORDS } from '#report/vocabulary.ts';
import { percent, plural } from '#report/words.ts';
import { LIKELY } from '#risks/raise.ts';
import type { Impact, Range, Risk, RiskOption } from '#risks/risk.ts';
import {
  type Argument,
  day,
  itemWords,
  numbersTold,
  type Paragraph,
  paragraph,
  type Section,
  type ToldOption,
  type Words,
} from './blocks.ts';

/** As many risks as fit into a minute; the rest is folded away. */
const FIRST = 5;
const STRONGEST = 3;

/** What keeps the team from succeeding: each risk as a small argument, by what its relief is worth. */
export function risksSection(report: TeamReport): Section {
  const { asOf, risks, together, goals } = report;
  const argued = (risk: Risk) => argumentOf(risk, asOf);
  const primary = goals.goals.find(({ isPrimary }) => isPrimary);
  const rest = risks.slice(FIRST);
  return {
    id: 'risks',
    title: 'What holds it back',
    blocks: [
      ...(risks.length === 0 ? nothingRaised(report) : []),
      ...risks.slice(0, FIRST).map(argued),
      ...(rest.length === 0
        ? []
        : [
            {
              kind: 'fold',
              title: plural(rest.length, 'more risk'),
              blocks: rest.map(argued),
            } as const,
          ]),
      ...(together?.dP === undefined ? [] : [paragraph(togetherWords(together, together.dP))]),
      ...(primary === undefined && risks.length > 0 ? [paragraph(WITHOUT_GOAL)] : []),
    ],
  };
}

const WITHOUT_GOAL =
  'Without a dated goal the cost of a risk can only be told in weeks and people, not in a chance.';

/** Why nothing is raised: what is seen waits, or its cost to the goal cannot be counted, or nothing costs as much. */
function nothingRaised({ notYetRaised = [], goals }: TeamReport): readonly Paragraph[] {
  if (notYetRaised.length > 0) {
    return [paragraph('Nothing is raised yet.'), ...notYetRaised.map(waitingWords)];
  }
  const primary = goals.goals.find(({ isPrimary }) => isPrimary);
  const chance = primary?.forecast.probability;
  if (primary !== undefined && chance?.kind === 'insufficient') {
    const none = `Nothing is raised. There is no forecast of “${primary.name}” yet (${lackWords(chance)}), so that nobody can say what a risk costs its chance`;
    return [
      paragraph(
        `${none}; and nothing that is likely to be real has lasted and costs a week or half a person.`,
      ),
    ];
  }
  return [
    paragraph(
      `${NOTHING} ${chance === undefined ? '' : 'a tenth of the goal’s chance, '}a week or half a person.`,
    ),
  ];
}

const NOTHING = 'Nothing is raised: nothing that is likely to be real, has lasted, and costs';

function waitingWords({ statement, waits, probabilityReal, since }: NotYetRaised): Paragraph {
  if (waits === 'to_be_likely') {
    return paragraph(
      `${statement} That it is too low is ${surely(probabilityReal)} sure, and counts from ${percent(LIKELY)} on.`,
    );
  }
  return since === undefined
    ? paragraph(`${statement} That is seen for the first time, and counts once it lasts.`)
    : paragraph(`${statement} That is seen since `, day(since), ', and counts once it lasts.');
}

function argumentOf(risk: Risk, asOf: TeamReport['asOf']): Argument {
  const { id, statement, impact, options, costMeans, acceptMeans, evidence } = risk;
  const items = evidence.flatMap((one) => one.items);
  const { probability } = impact;
  const decided = decidedWords(risk, asOf);
  return {
    kind: 'argument',
    id,
    statement,
    ...(decided === undefined ? {} : { decided }),
    cost: costMeans,
    ...(probability === undefined
      ? {}
      : { chance: { now: probability.now, relieved: probability.relieved } }),
    items: items.slice(0, STRONGEST).map((item): Words => [...itemWords(item), `: ${item.why}`]),
    options: options.map(toldOption),
    accepting: acceptMeans,
    standing: standingWords(risk),
    numbers: numbersTold(
      'The numbers behind it',
      evidence.map(({ metric, number }) => [evidenceWords(metric), number]),
    ),
  };
}

function toldOption({ action, assumption, whoDecides, dP, dPBound }: RiskOption): ToldOption {
  return {
    action,
    ...(dP === undefined ? {} : { worth: `Worth ${points(dP, dPBound)} of chance.` }),
    terms: `${assumption} ${whoDecides === 'leadership' ? 'Leaders decide.' : 'The team decides.'}`,
  };
}

function standingWords({ probabilityReal, firstSeen, persistedWeeks, owner, confidence, note }: Risk): Words {
  const { level, reasons } = confidence;
  const why = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  const lasting =
    persistedWeeks === 0 ? [', seen today for the first time. '] : [', seen since ', day(firstSeen), '. '];
  return [
    `More than noise with a probability of ${surely(probabilityReal)}`,
    ...lasting,
    `Next move: ${MOVE_WORDS[owner]}. Numbers: ${CONFIDENCE_WORDS[level]}${why}.${note === undefined ? '' : ` ${note}`}`,
  ];
}

function togetherWords(impact: Impact, dP: Range): string {
  const { weeks, dPBound } = impact;
  const earlier = weeks === undefined ? '' : ` and ${weeksWords(weeks, impact)}`;
  return `All of these relieved at once would be worth ${points(dP, dPBound)} of chance${earlier}; what each is worth alone does not add up to that.`;
}

/** From the low to the high end; equal ends once. */
function span([low, high]: Range): string {
  const [from, to] = [tenth(low), tenth(high)];
  return from === to ? from : `${from} to ${to}`;
}

function percentSpan([low, high]: Range): string {
  return percent(low) === percent(high)
    ? percent(low)
    : `${percent(low).replace(' %', '')} to ${percent(high)}`;
}

/** Of a gain of which only the least is known, the least. */
export function points([low, high]: Range, bound?: '>'): string {
  const span = percentSpan(bound === undefined ? [low, high] : [low, low]);
  return `${bound === undefined ? '' : 'at least '}${span.replace(' %', ' percentage points')}`;
}

/** Weeks of which only the least is known are at least so many. */
function weeksWords(weeks: Range, { weeksBound }: Impact): string {
  return weeksBound === undefined ? `${span(weeks)} weeks` : `at least ${tenth(weeks[0])} weeks`;
}

const tenth = (value: number): string => (Math.round(value * 10) / 10).toLocaleString('en-US');

/** Nothing that was counted is certain. */
const surely = (probability: number): string =>
  probability > 0.99 && probability < 1 ? 'over 99 %' : percent(probability);
