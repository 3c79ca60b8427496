import { differences } from '#forecast/backtest/differences.ts';
import { keptElsewhere } from '#forecast/backtest/elsewhere.ts';
import type { Judged } from '#forecast/backtest/judge.ts';
import { scoresOf } from '#forecast/backtest/scores.ts';
import { SHIPPED_PRIOR } from '#forecast/prior-table.ts';
import type { BacktestSummary } from '#views/backtest.ts';

/** The scores of what was judged, with pauses between: with many projects all of it takes a while. */
export async function summaryOf(
  judged: readonly Judged[],
  about: Pick<BacktestSummary, 'horizons' | 'remarks'>,
  pause: () => Promise<void>,
): Promise<BacktestSummary> {
  const scores: BacktestSummary['scores'][number][] = [];
  const againstClassic: BacktestSummary['againstClassic'][number][] = [];
  for (const days of about.horizons) {
    const byMethod = Map.groupBy(
      judged.filter((one) => one.days === days),
      ({ method }) => method,
    );
    for (const [method, own] of byMethod) {
      const elsewhere = keptElsewhere(SHIPPED_PRIOR, method, days);
      scores.push(...scoresOf(own).map((found) => ({ ...found, ...(elsewhere && { elsewhere }) })));
      await pause();
    }
    const [ours, classic] = [byMethod.get('ours'), byMethod.get('classic_daily_90')];
    if (ours && classic) againstClassic.push({ horizonDays: days, ...differences(ours, classic) });
    await pause();
  }
  const asOf = span(judged);
  const projects = new Set(judged.map(({ project }) => project)).size;
  return { projects, ...about, ...(asOf && { asOf }), scores, againstClassic };
}

function span(judged: readonly Judged[]): BacktestSummary['asOf'] {
  const days = judged.map(({ asOf }) => asOf).sort();
  const [first, last] = [days[0], days.at(-1)];
  return first && last && [first, last];
}
