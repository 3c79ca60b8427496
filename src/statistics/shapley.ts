/** More would be too many coalitions to ask about. */
const MOST_PLAYERS = 12;

/**
 * How what several bring about together divides among them: what each adds to those before it, as the mean over every
 * order in which they could come. The parts add up to the worth of all less the worth of none.
 *
 * Exact, over all 2^n coalitions. Source: L. S. Shapley, A value for n-person games, 1953.
 *
 * @example shapley(2, (some) => (some.length === 2 ? 10 : some.includes(0) ? 4 : 0)) // => [7, 3]
 * @throws RangeError above 12 players
 */
export function shapley(players: number, worthOf: (some: readonly number[]) => number): readonly number[] {
  if (players > MOST_PLAYERS) {
    throw new RangeError(`the worth of ${players} divides over too many coalitions; at most ${MOST_PLAYERS}`);
  }
  const worth = Array.from({ length: 2 ** players }, (_, coalition) => worthOf(membersOf(coalition)));
  return Array.from({ length: players }, (_, player) => {
    const bit = 2 ** player;
    return worth.reduce((part, alone, coalition) => {
      if (Math.floor(coalition / bit) % 2 === 1) return part;
      const added = (worth[coalition + bit] ?? alone) - alone;
      return part + added * shareOfOrders(membersOf(coalition).length, players);
    }, 0);
  });
}

function membersOf(coalition: number): readonly number[] {
  return Array.from({ length: MOST_PLAYERS }, (_, i) => i).filter(
    (i) => Math.floor(coalition / 2 ** i) % 2 === 1,
  );
}

/** In which part of all orders just these come before one, and the others behind it. */
function shareOfOrders(before: number, players: number): number {
  return (factorial(before) * factorial(players - before - 1)) / factorial(players);
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}
