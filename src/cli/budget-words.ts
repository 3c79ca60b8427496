import { type Budget, leftNow } from '#domain/allowance.ts';

/** One line on what a source's tracker has cost so far, and what it lets us use; undefined before anything was asked. */
export function describeBudget(source: string, budget: Budget, now: number): string | undefined {
  const { allowances, pauses, spent } = budget;
  if (spent.length === 0) return undefined;
  const since = new Date(Math.min(...spent.map((one) => one.since))).toISOString().slice(0, 10);
  const used = spent
    .filter(({ amount }) => amount > 0)
    .map(({ resource, amount }) => `${count(amount)} ${resource}`);
  const left = allowances
    .filter(({ announced }) => announced !== true)
    .map((one) => `${count(Math.floor(leftNow(one, now)))} of ${count(one.limit)} ${one.resource}`);
  const paused = pauses
    .filter(({ until }) => until > now)
    .map(({ endpoint, until }) => `${endpoint ?? 'left alone'} until ${new Date(until).toISOString()}`);
  return [
    `${source}: used since ${since}: ${used.join(', ')}`,
    ...(left.length === 0 ? [] : [`left: ${left.join(', ')}`]),
    ...paused,
  ].join('; ');
}

const count = (n: number): string => n.toLocaleString('en-US', { maximumFractionDigits: 0 });
