import { z } from 'zod';

export const rangeSchema = z
  .array(z.number())
  .length(2)
  .meta({ description: 'From the low to the high end' });

export const impactSchema = z
  .looseObject({
    milestone: z.string().optional(),
    probability: z.looseObject({ now: z.number(), relieved: rangeSchema }).optional(),
    dP: rangeSchema.optional(),
    dPBound: z.enum(['>']).optional().meta({
      description: 'Present when the gain is at least the low end, and nobody knows how much more',
    }),
    weeks: rangeSchema.optional(),
    weeksBound: z.enum(['>']).optional().meta({
      description: 'Present when the weeks are at least the low end, and nobody knows how much more',
    }),
    fte: rangeSchema.optional(),
  })
  .meta({ id: 'Impact', description: 'What a risk costs; whatever cannot be computed is absent' });

/** How a risk stands. */
export const statusSchema = z.enum(['open', 'accepted', 'addressed']);

const decidedSchema = z
  .looseObject({
    escalation: z.string(),
    decision: z.enum(['accept', 'address']),
    by: z.string(),
    until: z.iso.date().meta({ description: 'The last day that it holds' }),
    statement: z.string().optional().meta({ description: 'What is accepted, in numbers' }),
    note: z.string().optional(),
    asOf: z.iso.date().meta({ description: 'The day that its numbers are of' }),
    chance: z.number().optional(),
    due: z.iso.date().optional().meta({ description: 'The date of the goal that the chance is of' }),
    dP: rangeSchema.optional(),
    weeks: rangeSchema.optional(),
  })
  .meta({ id: 'Decided', description: 'The last decision about a risk, with the numbers it was decided on' });

/** Only for the description: a risk is sent as it was made. */
export const riskSchema = z
  .looseObject({
    id: z.string(),
    kind: z.string(),
    statement: z.string(),
    impact: impactSchema,
    status: statusSchema,
    decision: decidedSchema.optional(),
    reopened: z
      .looseObject({
        because: z.enum([
          'costs_more',
          'less_likely',
          'later',
          'goal_moved',
          'goal_passed',
          'until_passed',
          'still_raised',
        ]),
        dP: z.number().optional().meta({ description: 'By so much more than what was accepted' }),
        chance: z.number().optional().meta({ description: 'By so much less than what was accepted' }),
        weeks: z.number().optional().meta({ description: 'By so many more than what was accepted' }),
        due: z.iso.date().optional().meta({ description: 'The date of the goal as it is now' }),
      })
      .optional()
      .meta({ description: 'Why the decision holds no more: then the risk is open' }),
  })
  .meta({ id: 'Risk' });
