/** What somebody did to a file, as its version history shows. */
export interface FileHistory {
  readonly createdIt: boolean;
  /** Changes of their own. */
  readonly deliveries: number;
  /** Changes by everybody else. */
  readonly acceptances: number;
}

/**
 * How well somebody knows a file, by what they and others did to it.
 *
 * Degree of authorship of Fritz and others (2010), 3.293 + 1.098 FA + 0.164 DL - 0.321 ln(1 + AC): what was fitted
 * when developers rated their own knowledge. Without a unit; it means something beside that of others for the same
 * file.
 *
 * @example degreeOfAuthorship({ createdIt: true, deliveries: 10, acceptances: 4 }) // => 5.514
 * @example degreeOfAuthorship({ createdIt: false, deliveries: 2, acceptances: 12 }) // => 2.798
 */
export function degreeOfAuthorship({ createdIt, deliveries, acceptances }: FileHistory): number {
  return 3.293 + 1.098 * Number(createdIt) + 0.164 * deliveries - 0.321 * Math.log(1 + acceptances);
}

/** Of the best known degree of the same file, what makes an author (Avelino and others 2016). */
const AUTHOR = 0.75;

/**
 * Who counts as an author of a file: those with at least three quarters of the highest degree.
 *
 * @example authors([['a', { createdIt: true, deliveries: 10, acceptances: 4 }], ['b', { createdIt: false, deliveries: 2, acceptances: 12 }]])
 *   // => ['a']
 */
export function authors(
  histories: readonly (readonly [who: string, history: FileHistory])[],
): readonly string[] {
  const degrees = histories.map(([who, history]) => ({ who, degree: degreeOfAuthorship(history) }));
  const highest = Math.max(...degrees.map(({ degree }) => degree));
  return degrees.filter(({ degree }) => degree >= AUTHOR * highest).map(({ who }) => who);
}
