import type { ItemRef } from '#metrics/item-ref.ts';
import { plural } from '../words.ts';
import { type ChangeLine, type Compared, toldAgain } from './change-line.ts';
import type { Fate, Passage } from './passage.ts';

/** Items that became basically done, that reached Done, and that left that list in another way; and those that aged out. */
export function workLines(before: Compared, now: Compared, between: Passage): readonly ChangeLine[] {
  return [...ledgerLines(before, now, between), ...agedOutLines(before, now, between)];
}

function ledgerLines(before: Compared, now: Compared, { fateOf }: Passage): readonly ChangeLine[] {
  const fates = before.basicallyDone.items.map(
    (item): Fate => fateOf(item.url) ?? { item: plain(item), state: 'out_of_sight' },
  );
  const then = new Set(fates.map(({ item }) => item.url));
  const today = new Set(now.basicallyDone.items.map(({ url }) => url));
  const goneNow = fates.filter(({ item }) => !today.has(item.url));
  const left = Map.groupBy(
    goneNow.filter(({ enough }) => enough === undefined),
    ({ state }) => state,
  );
  const counting = [...Map.groupBy(goneNow, ({ enough }) => enough)];
  const gone = (state: Fate['state']) => (left.get(state) ?? []).map(({ item }) => item);
  return [
    ...itemsLine(
      'basically_done',
      now.basicallyDone.items.filter(({ url }) => !then.has(url)).map(plain),
      (count, is) => `${count} ${is} basically done since and not Done.`,
    ),
    ...itemsLine(
      'reached_done',
      gone('done'),
      (count, is) => `${count} that ${was(is)} basically done ${is} Done.`,
    ),
    ...counting.flatMap(([enough, some]) =>
      enough === undefined
        ? []
        : itemsLine(
            'left_basically_done',
            some.map(({ item }) => item),
            (count, is) =>
              `${count} that ${was(is)} basically done ${is === 'is' ? 'counts' : 'count'} as Done since ${enough} is enough.`,
          ),
    ),
    ...LEFT.flatMap(({ state, words }) =>
      itemsLine(
        'left_basically_done',
        gone(state),
        (count, is) => `${count} that ${was(is)} basically done ${words(is)}.`,
      ),
    ),
  ];
}

const was = (is: string): string => (is === 'is' ? 'was' : 'were');

/** How an item leaves the list without being Done. */
const LEFT: readonly { readonly state: Fate['state']; readonly words: (is: string) => string }[] = [
  { state: 'open', words: (is) => `${is} no longer called so, and not Done` },
  { state: 'dropped', words: (is) => `${was(is)} dropped` },
  { state: 'elsewhere', words: (is) => `${is} no longer the team’s` },
  { state: 'out_of_sight', words: (is) => `${is} no longer in sight` },
];

function agedOutLines(before: Compared, now: Compared, { fateOf }: Passage): readonly ChangeLine[] {
  const [then, today] = [before.metrics.workItemAge, now.metrics.workItemAge];
  const again = toldAgain(then.agedOut, today.agedOut);
  if (again !== undefined) {
    return [
      {
        kind: 'aged_out',
        sentence: `What has aged out ${again}.`,
        from: then.agedOut,
        to: today.agedOut,
        items: today.items.filter(({ agedOut }) => agedOut === true).map(plain),
      },
    ];
  }
  const already = new Set(
    then.items.filter(({ agedOut }) => agedOut === true).map(({ url }) => fateOf(url)?.item.url ?? url),
  );
  return itemsLine(
    'aged_out',
    today.items.filter(({ url, agedOut }) => agedOut === true && !already.has(url)).map(plain),
    (count, is) => `${count} ${is === 'is' ? 'has' : 'have'} aged out: 85 % of items never get so old.`,
    { from: then.agedOut, to: today.agedOut },
  );
}

function itemsLine(
  kind: ChangeLine['kind'],
  items: readonly ItemRef[],
  words: (count: string, is: 'is' | 'are') => string,
  ends: Pick<ChangeLine, 'from' | 'to'> = {},
): readonly ChangeLine[] {
  if (items.length === 0) return [];
  const sentence = words(plural(items.length, 'item'), items.length === 1 ? 'is' : 'are');
  return [{ kind, sentence, ...ends, items }];
}

const plain = ({ key, title, url }: ItemRef): ItemRef => ({ key, title, url });
