import { z } from 'zod';
import type { CalendarDay } from '#domain/calendar.ts';
import type { Headline } from '#report/headline.ts';
import { LEVEL_NAMES } from '#report/vocabulary.ts';
import type { Store } from '#store/store.ts';

/** Documents are kept as they were given, by whatever version: only what is used of one is looked at. */
const documentSchema = z.object({
  headline: z.object({
    level: z.custom<Headline['level']>((level) => Object.hasOwn(LEVEL_NAMES, String(level))),
    clause: z.string(),
    sentence: z.string(),
  }),
});

/** What lists of teams say about the latest published report. */
export interface LatestPublished {
  readonly asOf: CalendarDay;
  readonly publishedAt: number;
  readonly headline?: z.infer<typeof documentSchema>['headline'];
}

export async function latestPublished(store: Store, team: string): Promise<LatestPublished | undefined> {
  const report = await store.latestReport(team);
  if (!report) return undefined;
  const { asOf, publishedAt } = report;
  return { asOf, publishedAt, ...documentSchema.safeParse(report.document).data };
}
