import { integer, type Random, seededRandom, uniform } from '#statistics/random.ts';
import { claimsIn } from '#trackers/claims.ts';
import { proseOf } from '#trackers/prose.ts';
import { book, NEGATIVES, POSITIVES, walk, withMore } from './book.ts';
import { withHardship } from './hardships.ts';
import { DAY_MS } from './hours.ts';
import { ITEM_WEEKS, type LabelledItems } from './labelled.ts';
import { live } from './life.ts';
import { madeUp, PLAIN } from './team.ts';
import { healthyWay } from './way.ts';

/** A part of a comment: what its writer says, what somebody else said, or what a machine printed. */
type Part = readonly [kind: 'says' | 'quotes' | 'prints', text: string];
type Texts = readonly [string | readonly Part[], ...(string | readonly Part[])[]];

/** Nearly done, in words that are looked for, as people put them. */
const NEARLY: Texts = [
  'Almost done, I will push it tomorrow.',
  'This one is basically done. Sam has a look at it on Monday.',
  'Works on staging now! Pretty much finished from my side.',
  'nearly complete, a last round with the designers',
  'practically there',
  'I would say we are **90%** there.',
  'Status: 95 % - the rest is cleaning up',
  'Only the release notes left.',
  'There are only two small tests remaining',
  "It's done except for the translations.",
  'Done apart from the dashboard',
  'Done but not documented yet.',
  'Just needs a second pair of eyes',
  'Looks good. Just waiting for the certificate.',
  'Rebased, ready to merge.',
  'Ready for release as soon as the freeze is over',
  '- [x] parser\n- [x] tests\n\nEssentially done',
  [
    ['quotes', 'How far is this?'],
    ['says', 'Almost there.'],
  ],
  [
    ['says', 'Here is the run of today:'],
    ['prints', '42 passed, 1 skipped'],
    ['says', 'so nearly finished'],
  ],
];

/** The same in words that are not. */
const NEARLY_OTHERWISE: Texts = [
  'One last thing to fix.',
  'Should be through by tomorrow.',
  'Very close now',
  'Nearly ready.',
  'We are on the home stretch',
  'Just about done',
  'All but done.',
  'Code complete, docs to follow',
  'Finishing touches',
  'Nothing left but the docs.',
  'This is as good as finished.',
  'Feature complete; wrapping up.',
];

const DENIED: Texts = [
  'This is not almost done.',
  "It isn't ready to merge yet",
  'Far from nearly complete, I am afraid.',
  'We are nowhere near almost there',
  'Never just needs a review, it always needs a rewrite.',
  "I don't think this is even nearly finished.",
  'Anything but basically done',
];
const ASKED: Texts = [
  'Is this almost done?',
  'Ready to merge?',
  'Do you think it is 90 % there?',
  'Are only the tests left?',
  'How come this is still not finished, was it not basically done?',
];
const DEPENDS: Texts = [
  'Ping me once it is ready to merge',
  'If this is basically done, close it.',
  'Please tell QA when it is ready for release.',
  'I start on this as soon as the importer is almost done.',
  'Not before the other one is ready to ship',
];
const ANOTHERS: Texts = [
  [
    ['quotes', 'Almost done, just needs docs'],
    ['says', 'That was in March. I am starting over.'],
  ],
  [
    ['prints', 'WARN cache is 95% full\nalmost done\n'],
    ['says', 'This is what the log says before it stops.'],
  ],
  'The banner has to say "almost done" on the last page',
  'Rename `ready to deploy` to `queued` in the code',
  'The customer wrote “nearly finished” in the form, and the parser broke',
];
const OF_SOMETHING_ELSE: Texts = [
  'The disk of the build host is 95 % full, so everything is slow.',
  'There are only three seats left in the licence',
  'p99 went up by 90 % after the change',
  'The export just needs a longer time-out on their side',
  'Design says the other screen is almost done; this one comes after it.',
];
const PLAIN_WORDS: Texts = [
  'I looked at it for an hour and found nothing.',
  'Started on the parser.',
  'Blocked by the vendor, see the ticket.',
  'Half of it works',
  'Estimate: five days more',
];

/** What is hard to tell from a claim, and well. `toDone`: days from the comment until it is done, where it is a claim. */
const WELL: readonly {
  readonly how: string;
  readonly texts: Texts;
  readonly toDone: readonly [number, number];
}[] = [
  { how: 'came true within days', texts: NEARLY, toDone: [0.5, 4] },
  { how: 'denied', texts: DENIED, toDone: [14, 40] },
  { how: 'asked', texts: ASKED, toDone: [14, 40] },
  { how: 'depends', texts: DEPENDS, toDone: [14, 40] },
  { how: "another's words", texts: ANOTHERS, toDone: [14, 40] },
  { how: 'of something else', texts: OF_SOMETHING_ELSE, toDone: [14, 40] },
  { how: 'took a week or two', texts: NEARLY, toDone: [5, 12] },
];

/**
 * Comments. In trouble: one says that the item is nearly done, and for three to ten weeks nothing comes of it. Well: it
 * comes true within days, or a week or two; nobody says so, in words that sound as if; nothing of the kind is said. They
 * are read as from Jira by some teams and as from Linear by the others. `otherwise`: it is said in words that are not
 * looked for.
 */
export function comments(seed: string, otherwise = false): LabelledItems {
  const way = withHardship(healthyWay(`comments ${seed}`, ITEM_WEEKS.lived), seed);
  const random = seededRandom(`comments ${seed}`);
  const of = book(way);
  const said = new Map<string, { readonly at: number; readonly text: string | readonly Part[] }>();
  for (let i = 0; i < POSITIVES + NEGATIVES; i += 1) {
    const at = of.sometime(random);
    const item = of.story(at - 4 * DAY_MS);
    const well = WELL[i % WELL.length];
    const isTrouble = i < POSITIVES || well === undefined;
    const [least, most] = isTrouble ? [21, 70] : well.toDone;
    // From when on nobody expects it any more: a claim of a day or two has long been broken then.
    const since = at + 3 * DAY_MS;
    const until = of.working(random, at + (least + (most - least) * uniform(random)) * DAY_MS);
    walk(item, [
      [at - 3 * DAY_MS, 'In Progress'],
      [until, 'Done'],
    ]);
    const texts = isTrouble ? (otherwise ? NEARLY_OTHERWISE : NEARLY) : well.texts;
    said.set(item.key, { at, text: oneOf(random, texts) });
    const how = isTrouble ? 'nothing came of it' : well.how;
    of.labels.push({
      key: item.key,
      how,
      ...(isTrouble ? { trouble: { since, until } } : { alike: { since: at, until } }),
    });
  }
  const { made, labels } = withMore(madeUp(way, PLAIN, live(way)), of, of.labels);
  const asJira = Number(seed) % 2 === 0;
  const issues = made.issues.map((issue) => {
    const key = issue.current.scalars.key?.value ?? '';
    const one = said.get(key);
    const comment = (id: string, writtenAt: number, text: string | readonly Part[]) => {
      const parts: readonly Part[] = typeof text === 'string' ? [['says', text]] : text;
      return {
        id,
        writtenAt,
        prose: asJira ? fromJira(parts) : fromLinear(parts),
        url: `https://acme.example/${key}`,
      };
    };
    const chatter = comment('1', issue.createdAt + 60_000, oneOf(random, PLAIN_WORDS));
    return {
      ...issue,
      claims: claimsIn(one === undefined ? [chatter] : [chatter, comment('2', one.at, one.text)]),
    };
  });
  return { made: { ...made, issues }, labels };
}

function oneOf(random: Random, texts: Texts): string | readonly Part[] {
  return texts[integer(random, 0, texts.length - 1)] ?? texts[0];
}

/** As Linear keeps it: Markdown. */
function fromLinear(parts: readonly Part[]): string {
  const written = parts.map(([kind, text]) =>
    kind === 'quotes' ? `> ${text}` : kind === 'prints' ? `\`\`\`\n${text}\n\`\`\`` : text,
  );
  return proseOf.markdown(written.join('\n\n'));
}

/** As Jira keeps it: a document, in which emphasis and code are marks. */
function fromJira(parts: readonly Part[]): string {
  const paragraph = (text: string) => ({
    type: 'paragraph',
    content: text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((some) => {
      if (some.startsWith('`')) return { type: 'text', text: some.slice(1, -1), marks: [{ type: 'code' }] };
      if (some.startsWith('**'))
        return { type: 'text', text: some.slice(2, -2), marks: [{ type: 'strong' }] };
      return { type: 'text', text: some };
    }),
  });
  const content = parts.map(([kind, text]) => {
    if (kind === 'prints') return { type: 'codeBlock', content: [{ type: 'text', text }] };
    const lines = text.split(/\n+/).map(paragraph);
    return { type: kind === 'quotes' ? 'blockquote' : 'panel', content: lines };
  });
  return proseOf.document({ type: 'doc', content });
}
