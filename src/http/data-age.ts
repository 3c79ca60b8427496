import { z } from 'zod';
import type { Team } from '#domain/team.ts';
import type { Store, SyncState } from '#store/store.ts';
import { idSchema, instantSchema, isoInstant } from './schemas.ts';

/** How old the data of one source is: served beside a report, never inside it. */
export const sourceAgeSchema = z.object({
  source: idSchema,
  completeAsOf: instantSchema.optional().meta({
    description: 'The tracker’s clock when the last complete sync began; absent until one completed',
  }),
  finishedAt: instantSchema.optional().meta({ description: 'When the last complete sync ended' }),
  lastError: z.string().optional().meta({ description: 'Why the last attempt failed, when it did' }),
});

export type SourceAge = z.infer<typeof sourceAgeSchema>;

export function ageOf({ source, completeAsOf, finishedAt, lastError }: SyncState): SourceAge {
  return {
    source,
    ...(completeAsOf === undefined ? {} : { completeAsOf: isoInstant(completeAsOf) }),
    ...(finishedAt === undefined ? {} : { finishedAt: isoInstant(finishedAt) }),
    ...(lastError === undefined ? {} : { lastError }),
  };
}

/** The age of everything a team's report is made from. */
export async function dataAge(store: Store, team: Team): Promise<readonly SourceAge[]> {
  const sources = [...new Set(team.scope.map((filter) => filter.source))];
  return Promise.all(sources.map(async (source) => ageOf(await store.syncState(source))));
}

/** The same in response headers. Of several sources the one furthest behind counts. */
export function ageHeaders(ages: readonly SourceAge[]): Readonly<Record<string, string>> {
  const complete = ages.map((age) => Date.parse(age.completeAsOf ?? ''));
  const failing = ages.filter((age) => age.lastError !== undefined).map((age) => age.source);
  const oldest = Math.min(...complete);
  return {
    ...(Number.isFinite(oldest) ? { 'evenkeel-data-complete-as-of': isoInstant(oldest) } : {}),
    ...(failing.length === 0 ? {} : { 'evenkeel-sync-failing': failing.join(', ') }),
  };
}
