import { z } from 'zod';
import type { FieldValue, Gate, GatedLevel, LinkedWork } from '#domain/gate.ts';

const names = z
  .array(z.string().min(1))
  .min(1, 'an empty list would match nothing: leave the key out instead');

const linked = z
  .strictObject({
    links: names.optional().meta({ description: 'Words of the link’s name, as the issue itself reads it' }),
    types: names.optional(),
    labels: names.optional(),
  } satisfies Record<keyof LinkedWork, unknown>)
  .refine(
    (filter) => Object.keys(filter).length > 0,
    'this names no work: say which under links, types or labels, as `linked: { types: [Documentation] }`',
  );

const field = z.strictObject({
  name: z
    .string()
    .min(1)
    .meta({ description: 'Id or name of a field that your site of Jira has of its own' }),
  values: names.optional().meta({ description: 'Any of these opens it; default: whatever it holds' }),
} satisfies Record<keyof FieldValue, unknown>);

const gate = z
  .strictObject({
    stage: z.enum(['active', 'late', 'done']).optional(),
    statuses: names.optional(),
    labels: names.optional(),
    field: field.optional(),
    version: z.literal('released', 'expected `version: released`').optional(),
    environments: names.optional(),
    children: z.literal('closed', 'expected `children: closed`').optional(),
    linked: linked.optional(),
    verification: z.literal('passed', 'expected `verification: passed`').optional(),
    kpis: z.union([z.literal('all'), names], 'expected `all`, or a list of ids of KPIs').optional(),
  } satisfies Record<keyof Gate, unknown>)
  .refine(
    (evidence) => Object.keys(evidence).length > 0,
    'a gate without evidence never opens: name stage, statuses, labels, field, version, environments, children, linked, verification or kpis, or leave it out',
  )
  .meta({ id: 'Gate' });

const oneOrMore = z
  .union(
    [gate, z.array(gate).min(1, 'an empty list says nothing: leave the key out')],
    'expected a gate as `{ environments: [production] }`, or a list of gates that must all be open',
  )
  .optional();

/** What shows that work has come to each level. */
export const gatesSchema = z
  .strictObject({
    merged: oneOrMore.meta({ description: 'Default: the stage done' }),
    released: oneOrMore.meta({ description: 'Default: a released version, or a deployment to production' }),
    verified: oneOrMore.meta({ description: 'Default: a verification by a person' }),
    adopted: oneOrMore.meta({ description: 'Default: the KPIs of its goals at their targets' }),
  } satisfies Record<GatedLevel, unknown>)
  .optional();

/** What shows that a goal has its effect. */
export const kpisSchema = z
  .array(
    z.strictObject({
      id: z
        .string()
        .regex(
          /^[a-z0-9][a-z0-9-]{0,62}$/,
          'an id is lower-case letters, digits and dashes, at most 63 (it becomes part of addresses)',
        ),
      name: z.string().min(1).optional().meta({ description: 'How reports call it; default: its id' }),
      target: z.number(),
      direction: z
        .enum(['up', 'down'], 'expected up (the target is reached from below) or down')
        .default('up'),
      date: z.iso
        .date('expected a date as YYYY-MM-DD')
        .optional()
        .meta({ description: 'The last day by which it is reached; default: the date of the goal' }),
    }),
  )
  .min(1, 'an empty list says nothing: leave the key out')
  .optional()
  .meta({ description: 'What shows that the goal has its effect; values are recorded over HTTP' });

type GateDocument = z.infer<typeof gate>;

/** Gates as the program knows them: always lists. */
export function gateLists(
  gates: NonNullable<z.infer<typeof gatesSchema>>,
): Readonly<Partial<Record<GatedLevel, readonly GateDocument[]>>> {
  return Object.fromEntries(
    Object.entries(gates).flatMap(([level, some]) =>
      some === undefined ? [] : [[level, Array.isArray(some) ? some : [some]]],
    ),
  );
}
