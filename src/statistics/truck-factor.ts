/** Who knows what, and how few people it takes to lose most of it. */
export interface TruckFactor {
  /** After so many people have gone, more than half of the areas have nobody left who knows them. */
  readonly people: number;
  readonly areas: number;
  /** Areas that one person alone knows. */
  readonly singleKnower: number;
}

/**
 * How many people a group can lose before most of what it knows is lost.
 *
 * The greedy removal of Avelino and others (2016): whoever knows the most of the areas that are still known goes next,
 * until more than half of all areas are orphaned. One set of people per area; an area that nobody knows was lost
 * before anybody went, so leave it out and count it apart. undefined when there is no area.
 *
 * @example truckFactor([['p1'], ['p1', 'p2'], ['p2'], ['p1'], ['p3']]) // => { people: 2, areas: 5, singleKnower: 4 }
 */
export function truckFactor(areas: readonly (readonly string[])[]): TruckFactor | undefined {
  const known = areas.map((people) => new Set(people)).filter((people) => people.size > 0);
  if (known.length === 0) return undefined;
  const singleKnower = known.filter((people) => people.size === 1).length;
  let people = 0;
  while (2 * known.filter((left) => left.size === 0).length <= known.length) {
    const gone = mostKnowing(known);
    for (const left of known) left.delete(gone);
    people += 1;
  }
  return { people, areas: known.length, singleKnower };
}

/** Of several who know as much the first by name, so that the same input always loses the same people. */
function mostKnowing(areas: readonly ReadonlySet<string>[]): string {
  const counts = new Map<string, number>();
  for (const people of areas) for (const one of people) counts.set(one, (counts.get(one) ?? 0) + 1);
  const [first] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return first?.[0] ?? '';
}
