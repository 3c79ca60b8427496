import type { z } from 'zod';
import type { SimulatedClock } from '../clock.ts';
import { JiraHttpError } from './http-error.ts';
import type { JiraSite } from './model.ts';
import type { Renderer } from './render.ts';

/** What every endpoint answers from. */
export interface Simulation {
  /** As it is now: edits replace it. */
  readonly site: JiraSite;
  readonly clock: SimulatedClock;
  readonly render: Renderer;
  /** For how many milliseconds a change stays unknown to searches. */
  readonly indexLag: number;
  /** Whether fields that hold lists may be had for a thousand issues at once. */
  readonly isWide: boolean;
  /** Where the simulator listens, without a slash at the end. */
  readonly baseUrl: () => string;
}

/** How an answer is put out of order; undefined when it is not. */
export type Disorder =
  | { readonly kind: 'repeat_page' }
  | { readonly kind: 'shuffled'; readonly seed: string };

/** The request's query or body, checked. */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new JiraHttpError(
    400,
    `Invalid request payload. Refer to the REST API documentation and try again. (${place}${issue?.message ?? ''})`,
  );
}
