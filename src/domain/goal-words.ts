/** What a heading or a label announces. `goals` may be a metric, if there are figures under it. */
export type Label = 'problem' | 'impact' | 'metric' | 'goals' | 'baseline' | 'owner' | 'date';

export interface Announced {
  readonly label: Label;
  /** What stands under it, up to the next. */
  readonly said: string;
}

const WORDS: readonly (readonly [Label, string])[] = [
  [
    'problem',
    "(?:customer |user |core )?(?:objective ?/ ?|user story or )?problems?(?: statement| to solve| we(?: are|'re|’re) (?:trying to solve|solving)| we solve)?(?: ?/ ?opportunity)?|pain(?: points?)?|user need|why(?: now)?|motivation|what(?: is|'s|’s) (?:the problem|wrong)(?: today)?",
  ],
  [
    'impact',
    '(?:expected |business |customer |user )*(?:impact|benefits?|value|outcome)s?|why (?:it|this) matters|why is (?:it|this) important|what happens if we do nothing|costs? of (?:delay|inaction|doing nothing)',
  ],
  [
    'metric',
    '(?:success|target|key) (?:metric|measure)s?|metrics?|kpis?|success criteria|measures? of success|how (?:do we|we|to) measure(?: success| this)?|key results?|(?:kr|key result) ?\\d*|success looks like|what does success look like|how (?:will|do) we know[^:\\n]{0,30}|measur(?:ing|able) (?:success|metrics)|leading indicators',
  ],
  ['goals', 'goals?|objectives?|targets?|definition of done|done when'],
  ['baseline', 'baseline|current value|as is'],
  [
    'owner',
    '(?:goal |project |product |epic |accountable )?owners?|dri|(?:project |epic |tech |product )?lead|accountable|responsible(?: team| person)?|driver|point of contact|pm|product manager',
  ],
  [
    'date',
    '(?:due|target|delivery|launch|release|end|completion) date|deadline|due|dates?|by when|when|eta|timeline|milestones?',
  ],
];

/** Any label, in a group of its name. */
export const LABELLED = WORDS.map(([label, words]) => `(?<${label}>${words})`).join('|');
/** Which label a match of `LABELLED` is. */
export function labelIn(found: RegExpExecArray): Label | undefined {
  return WORDS.find(([label]) => found.groups?.[label] !== undefined)?.[0];
}

/** The label that a cell of a table is, as a whole. */
export function labelOfCell(cell: string): Label | undefined {
  const found = WHOLE.exec(cell.replaceAll(/[*_#]/g, '').trim());
  return found === null ? undefined : labelIn(found);
}

const WHOLE = new RegExp(`^(?:${LABELLED})[?:]?$`, 'iu');
