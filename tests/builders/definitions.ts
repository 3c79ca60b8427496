import type { CycleTimeDefinition } from '#domain/team.ts';

/** Every way to define cycle time that the parts allow, also the ones that a configuration is told to mend. */
export const EVERY_DEFINITION: readonly CycleTimeDefinition[] = (
  ['elapsed', 'active_only', 'inclusive_days'] as const
).flatMap((clock) =>
  (['created', 'todo', 'active', 'late'] as const).flatMap((start) =>
    (['late', 'done'] as const).flatMap((finish) =>
      (['kept', 'wiped'] as const).map((backward) => ({ clock, start, finish, backward })),
    ),
  ),
);
