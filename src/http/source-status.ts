import { z } from 'zod';
import type { SourceConfig } from '#config/config.ts';
import { expiresSoon } from '#domain/token-expiry.ts';
import { ageOf, sourceAgeSchema } from './data-age.ts';
import type { ServerDependencies } from './dependencies.ts';
import { idSchema, instantSchema, isoInstant } from './schemas.ts';
import { limitsOf, limitsSchema } from './source-limits.ts';

/** All that is known of a source without asking its tracker: what the API and the page of the sources show. */
export const sourceStatusSchema = sourceAgeSchema.omit({ source: true }).extend({
  id: idSchema,
  kind: z.string(),
  address: z.string().meta({ description: 'Where its tracker is' }),
  tokenExpires: z.iso
    .date()
    .optional()
    .meta({ description: 'The last day of its token, where the configuration tells' }),
  expiresSoon: z
    .boolean()
    .optional()
    .meta({ description: 'Whether that is within 30 days, or over; present where the day is known' }),
  webhooks: z.boolean().meta({ description: 'Whether a secret for its webhooks is configured' }),
  issues: z.int().min(0).meta({ description: 'Issues in the store, without those that are gone' }),
  gone: z.int().min(0).meta({ description: 'Issues that the tracker shows no more; their histories stay' }),
  census: z
    .object({
      at: instantSchema,
      gone: z.int().min(0).meta({ description: 'Issues first missed by it, or since' }),
    })
    .optional()
    .meta({ description: 'When it was last counted what is there, by the tracker’s clock' }),
  crossChecked: z
    .object({
      checked: z.int().min(1),
      contradicted: z
        .int()
        .min(0)
        .meta({ description: 'Of these, issues whose history tells other statuses' }),
    })
    .optional()
    .meta({
      description:
        'Issues whose recorded statuses were held against a second record that the tracker keeps (Linear): a sample with every census, and what is read by id',
    }),
  walks: z
    .array(z.object({ part: z.string(), startedAsOf: instantSchema, done: z.boolean() }))
    .meta({ description: 'The parts of a sync that is under way or was interrupted' }),
  limits: limitsSchema,
});

export type SourceStatus = z.infer<typeof sourceStatusSchema>;

/** Every configured source, in the order of the configuration. */
export function sourceStatuses({ config, store, now }: ServerDependencies): Promise<readonly SourceStatus[]> {
  return Promise.all(
    config.sources.map(async (source): Promise<SourceStatus> => {
      const { id, kind, url: address, webhookSecret } = source;
      const state = await store.syncState(id);
      const { censusAt } = state;
      const [issues, gone, missed, budget, crossChecked] = await Promise.all([
        store.countIssues(id),
        store.countGone(id),
        censusAt === undefined ? 0 : store.countGone(id, censusAt),
        store.budget(id),
        store.countCrossChecks(id),
      ]);
      return {
        id,
        kind,
        address,
        ...tokenOf(source, now()),
        webhooks: webhookSecret !== undefined,
        issues,
        gone,
        ...(censusAt === undefined ? {} : { census: { at: isoInstant(censusAt), gone: missed } }),
        ...(crossChecked.checked === 0 ? {} : { crossChecked }),
        ...ageOf(state),
        walks: state.walks.map(({ part, startedAsOf, done }) => ({
          part,
          startedAsOf: isoInstant(startedAsOf),
          done,
        })),
        limits: limitsOf(budget, now()),
      };
    }),
  );
}

function tokenOf({ auth }: SourceConfig, now: number): Pick<SourceStatus, 'tokenExpires' | 'expiresSoon'> {
  const expires = 'expires' in auth ? auth.expires : undefined;
  return expires === undefined ? {} : { tokenExpires: expires, expiresSoon: expiresSoon(expires, now) };
}
