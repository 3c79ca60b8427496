import type { Chance } from './chance.ts';
import type { EpicPlan, TeamPlan } from './team-plan.ts';
import type { TypeName } from './workflow.ts';

export type TitleMaker = (type: TypeName, about: EpicPlan) => string;

/** Makes up titles from a team's words, each at most once. */
export function createTitles({ words }: TeamPlan, chance: Chance): TitleMaker {
  const used = new Set<string>();

  const compose = (type: TypeName, about: EpicPlan): string => {
    const topic = chance.pick(about.topics);
    switch (type) {
      case 'Bug':
        return about.isSupport
          ? `${chance.pick(words.questions)} ${topic} ${chance.pick(words.places)}`
          : `${capitalised(topic)} ${inNumber(topic, chance.pick(words.symptoms))}`;
      case 'Support':
        return `${chance.pick(words.questions)} ${topic} ${chance.pick(words.places)}`;
      case 'Task':
        return `${chance.pick(words.chores)} ${chance.pick(words.tools)}`;
      case 'Epic':
      case 'Sub-task':
      case 'Story':
        return `${chance.pick(words.verbs)} ${topic} ${chance.pick(words.places)}`;
      default:
        return type satisfies never;
    }
  };

  return (type, about) => {
    let title = compose(type, about);
    // A few tries find a new one; after that a second sentence half keeps two issues apart, as people do.
    for (let tries = 0; used.has(title) && tries < 5; tries += 1) title = compose(type, about);
    for (let part = 2; used.has(title); part += 1)
      title = `${title.replace(/, part \d+$/, '')}, part ${part}`;
    used.add(title);
    return title;
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Symptoms are written for many things; a topic such as `the refund queue` is one. */
function inNumber(topic: string, symptom: string): string {
  if (topic.endsWith('s') && !topic.endsWith('ss')) return symptom;
  const [verb = '', ...rest] = symptom.split(' ');
  const single = new Map([
    ['are', 'is'],
    ['cannot', 'cannot'],
    ['vanish', 'vanishes'],
    ['miss', 'misses'],
  ]);
  return [single.get(verb) ?? `${verb}s`, ...rest].join(' ');
}
