import { range } from 'd3-array';
import { integer, seededRandom } from '#statistics/random.ts';

/** Which of `count` things are held out together, dealt by chance into so many folds of nearly the same size. */
export function foldsOf(count: number, folds: number, seed: string): readonly (readonly number[])[] {
  const random = seededRandom(seed);
  const dealt = range(count);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = integer(random, 0, i);
    [dealt[i], dealt[j]] = [dealt[j] ?? 0, dealt[i] ?? 0];
  }
  return range(folds).map((fold) => dealt.filter((_, i) => i % folds === fold));
}
