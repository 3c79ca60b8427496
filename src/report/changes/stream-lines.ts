import type { NamedWorkstream } from '#metrics/workstreams.ts';
import { WORKSTREAM_WORDS } from '../vocabulary.ts';
import { stated } from '../words.ts';
import { type ChangeLine, type Compared, isClearlyOther, toldAgain } from './change-line.ts';

/**
 * Workstreams that came and went, and how many there are in effect. Named are only those with three contributors or more
 * now: one that disappears may be worked on by fewer, so those are counted (METRICS 1.1.10).
 */
export function streamLines(before: Compared, now: Compared): readonly ChangeLine[] {
  const [then, today] = [before.workstreams, now.workstreams];
  if (then.by !== undefined && today.by !== undefined && then.by !== today.by) {
    const sentence = `Workstreams are now told apart by ${WORKSTREAM_WORDS[today.by]}, before by ${WORKSTREAM_WORDS[then.by]}, so they cannot be compared.`;
    return [{ kind: 'workstreams', sentence, from: then.by, to: today.by, items: [] }];
  }
  const again = toldAgain(then.effective, today.effective);
  const ends = { from: then.effective, to: today.effective };
  if (again !== undefined) {
    const sentence = `How many workstreams there are in effect ${again}.`;
    return [{ kind: 'workstreams', sentence, ...ends, items: [] }];
  }
  if (then.effective.kind === 'insufficient' || today.effective.kind === 'insufficient') return [];
  return [
    ...without(today.items, then.items).map(opened),
    ...closed(without(then.items, today.items).length),
    ...(isClearlyOther(then.effective, today.effective)
      ? [
          {
            kind: 'workstreams' as const,
            sentence: `The effort is spread over ${stated(today.effective)} in effect, before over ${stated(then.effective)}.`,
            ...ends,
            items: [],
          },
        ]
      : []),
  ];
}

function without(
  some: readonly NamedWorkstream[],
  others: readonly NamedWorkstream[],
): readonly NamedWorkstream[] {
  const known = new Set(others.map(({ id }) => id));
  return some.filter(({ id }) => !known.has(id));
}

function opened({ name, url, share }: NamedWorkstream): ChangeLine {
  return {
    kind: 'workstream_opened',
    sentence: `The workstream “${name}” is now worked on by three people or more.`,
    to: share,
    items: url === undefined ? [] : [{ key: name, title: name, url }],
  };
}

function closed(count: number): readonly ChangeLine[] {
  if (count === 0) return [];
  const streams = count === 1 ? '1 workstream is' : `${count} workstreams are`;
  const sentence = `${streams} no longer worked on by three people or more.`;
  return [{ kind: 'workstream_closed', sentence, items: [] }];
}
