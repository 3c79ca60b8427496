import type { DataQualityCheck, Finding } from '#metrics/finding.ts';
import type { ChangeLine, Compared } from './change-line.ts';

/** What the data show about themselves that they did not before, and what they show no more. */
export function findingLines(before: Compared, now: Compared): readonly ChangeLine[] {
  return [
    ...newOnes(now.dataQuality, before.dataQuality).map((finding) =>
      line('finding_new', finding, `New about the data: ${finding.sentence}`),
    ),
    ...newOnes(before.dataQuality, now.dataQuality).map((finding) =>
      line('finding_gone', finding, `No longer so about the data: ${finding.sentence}`),
    ),
  ];
}

/** By what was checked: how many items it finds changes every week. */
function newOnes(some: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const known = new Set<DataQualityCheck>(others.map(({ check }) => check));
  return some.filter(({ check }) => !known.has(check));
}

function line(kind: ChangeLine['kind'], { items }: Finding, sentence: string): ChangeLine {
  return { kind, sentence, items };
}
