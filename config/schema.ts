import { z } from 'zod';
import { GOAL_SCOPES, type GoalScope } from '#domain/goal.ts';
import { LEVELS, TEAM_DEFAULTS, type WorkKind } from '#domain/team.ts';
import { STAGES } from '#domain/workflow.ts';
import { isLoopback } from '../src/loopback.ts';
import { gatesSchema, kpisSchema } from './gates.ts';

const ID = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    'an id is lower-case letters, digits and dashes, at most 63 (it becomes part of addresses)',
  );

const timezone = z
  .string()
  .refine((zone) => isTimezone(zone), 'expected an IANA time zone such as Europe/Stockholm');

const day = z.iso.date('expected a date as YYYY-MM-DD');
const names = z
  .array(z.string().min(1))
  .min(1, 'an empty list would match nothing: leave the key out instead');

/** Secrets never stand in the file: they are references that are resolved when it is loaded. */
const secret = z.string().min(1).meta({
  description: 'A reference to an environment variable, as ${JIRA_API_TOKEN}; never the secret itself.',
});

const address = (what: string) =>
  z
    .url(`expected the address of ${what}`)
    .refine(
      (url) => !URL.canParse(url) || url.startsWith('https://') || isLoopback(new URL(url).hostname),
      'expected https (plain http is allowed for this machine only: credentials would be readable on the way)',
    );

const webhookSecret = secret
  // Whoever sees one delivery can try out secrets on it; checked in the value it stands for.
  .refine(
    (value) => /^\S{16,}$/.test(value),
    'expected a secret of at least 16 characters without spaces, such as `openssl rand -hex 24` prints',
  )
  .optional()
  .meta({
    description: 'A reference to what the webhooks of this source are signed with; without it none are taken',
  });

const comments = z
  .literal('claims', 'expected claims; leave it out to have comments left alone')
  .optional()
  .meta({
    description:
      'Reads comments for sayings such as “almost done”: kept are when, which saying, a link and a hash of who, never the text',
  });

const descriptions = z
  .literal('goals', 'expected goals; leave it out to have descriptions left alone')
  .optional()
  .meta({
    description:
      'Reads descriptions of epics and projects for what they say of a goal: kept are quotes of at most 80 characters without names, never the text',
  });

const jiraSource = z.strictObject({
  id: ID,
  kind: z.literal('jira'),
  url: address('your Jira site, as https://acme.atlassian.net'),
  auth: z.strictObject({
    email: z.string().min(3),
    apiToken: secret,
    scoped: z
      .boolean()
      .optional()
      .meta({ description: 'Whether the token was given scopes: Atlassian takes such tokens elsewhere' }),
    expires: day
      .optional()
      .meta({ description: 'The day the token expires, so that you are told a month before' }),
  }),
  projects: names
    .optional()
    .meta({ description: 'Project keys to read; default: those the scopes of the teams name.' }),
  comments,
  descriptions,
  webhookSecret,
});

const linearSource = z.strictObject({
  id: ID,
  kind: z.literal('linear'),
  url: address('Linear’s API, as https://api.linear.app/graphql')
    .default('https://api.linear.app/graphql')
    .meta({ description: 'Where the API is; only a proxy or a simulator is anywhere else' }),
  auth: z.strictObject({ apiKey: secret }),
  teams: names.optional().meta({
    description: 'Keys, ids or names of the teams to read; default: those the scopes of the teams name.',
  }),
  comments,
  descriptions,
  webhookSecret,
});

const scopeFilter = z.strictObject({
  source: z.string().meta({ description: 'Id of a source' }),
  projects: names.optional().meta({ description: 'Keys, ids or names' }),
  boards: names.optional().meta({ description: 'Ids or names of the boards of a Jira site' }),
  teams: names.optional(),
  components: names.optional(),
  labels: names.optional(),
  types: names.optional(),
  versions: names.optional(),
  parents: names.optional().meta({ description: 'Ids of the epics, or of whatever the issues lie under' }),
});

const itemFilter = z
  .strictObject({
    types: names.optional(),
    labels: names.optional(),
    projects: names.optional(),
    components: names.optional(),
    priorities: names.optional(),
    parents: names
      .optional()
      .meta({ description: 'Ids, keys or titles of what the issues lie under, at any height' }),
    statuses: names.optional().meta({ description: 'Statuses that an issue is in or ever was' }),
  })
  .refine(
    (filter) => Object.keys(filter).length > 0,
    'a filter without values fits nothing: name types, labels, projects, components, priorities, parents or statuses, or leave it out',
  );

const work = z
  .strictObject({
    support: itemFilter.optional(),
    incident: itemFilter.optional(),
    unplanned: itemFilter.optional(),
    expedite: itemFilter.optional(),
  } satisfies Record<WorkKind, unknown>)
  .optional()
  .meta({
    description: 'Which issues are of a kind: those that any value fits; default: guessed from names',
  });

const headcount = z
  .union(
    [
      z.number().positive('a team has more than 0 people'),
      z
        .array(
          z.strictObject({
            from: day.optional(),
            people: z.number().positive('a team has more than 0 people'),
          }),
        )
        .min(1),
    ],
    'expected how many people work here, above 0, or a list of `{ from: 2026-03-01, people: 6 }`',
  )
  .optional()
  .meta({ description: 'How many people work here, so that the coverage of effort is not overstated' });

const member = z
  .strictObject({
    ids: z
      .record(z.string(), z.string().min(1))
      .refine((ids) => Object.keys(ids).length > 0, 'name at least one account, as `ids: { acme: "5b10…" }`')
      .meta({ description: 'Per source: the id of the account. It is hashed when the store is opened' }),
    fte: z
      .number()
      .min(0, 'a part of a full week: 1, 0.5, or 0 while away')
      .max(1, 'a part of a full week: 1, 0.5, or 0 while away')
      .default(1),
    skills: names
      .optional()
      .meta({ description: 'Labels of work that not everybody knows how to do, and that they do' }),
    from: day.optional(),
    to: day.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'the last day lies before the first: swap them, or mend the one that is wrong',
  });

const alternatives = z
  .strictObject({
    id: ID,
    streams: names.optional().meta({ description: 'Ids, keys or names of workstreams' }),
    labels: names.optional(),
    decideBy: day.optional().meta({ description: 'The last day by which one of them is chosen' }),
    metric: z.string().min(1).optional().meta({ description: 'What is to decide between them' }),
  })
  .refine(
    ({ streams, labels }) => streams !== undefined || labels !== undefined,
    'this names no alternatives: list them under streams, or the labels that mark them under labels',
  );

const goalScope = z
  .strictObject({
    source: z.string().optional().meta({ description: 'Id of a source; default: whichever has it' }),
    parent: z.string().min(1).optional().meta({ description: 'Id, key or title of an epic' }),
    version: z.string().min(1).optional().meta({ description: 'Id or name' }),
    project: z.string().min(1).optional().meta({ description: 'Key, id or name' }),
    label: z.string().min(1).optional().meta({ description: 'A label; in Linear its id or name' }),
  } satisfies Record<'source' | GoalScope['kind'], unknown>)
  .refine(
    (scope) => GOAL_SCOPES.filter((kind) => scope[kind] !== undefined).length === 1,
    'name one thing that the goal’s work hangs on: parent, version, project or label',
  );

const goal = z
  .strictObject({
    id: ID,
    name: z.string().min(1).meta({ description: 'How the report calls it' }),
    milestone: goalScope,
    date: day.optional().meta({
      description: 'The last day by which all of it is done; default: the date the tracker has for it',
    }),
    adopters: names.optional().meta({
      description: 'Who has to take it up before it counts: teams, customers, systems; not persons',
    }),
    kpis: kpisSchema,
    from: day.optional().meta({ description: 'The first day on which it is the goal' }),
    to: day.optional().meta({ description: 'The last day on which it is the goal' }),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'the last day lies before the first: swap them, or mend the one that is wrong',
  });

const goals = z
  .union(
    [z.literal('auto'), goal, z.array(goal).min(1, 'an empty list says nothing: leave the key out')],
    'expected a goal as `{ id: checkout, name: Checkout is live, milestone: { parent: PAY-91 }, date: 2026-03-20 }`, a list of goals, or `auto`',
  )
  .optional()
  .meta({
    description:
      'What the team committed to; `auto`: every dated version and epic of its own. Without it nothing is a commitment',
  });

const team = z.strictObject({
  id: ID,
  name: z.string().min(1),
  group: z.string().min(1).optional(),
  timezone: timezone
    .optional()
    .meta({ description: 'Decides which day an event falls on; default: that of the organisation' }),
  headcount,
  members: z
    .array(member)
    .min(1, 'an empty list would say that nobody works here: leave the key out')
    .optional(),
  calendar: z
    .strictObject({
      workdays: z
        .array(z.int().min(1).max(7))
        .min(1)
        .default([1, 2, 3, 4, 5])
        .meta({ description: '1 is Monday, 7 is Sunday' }),
      holidays: z.array(day).default([]),
    })
    .optional(),
  scope: z.array(scopeFilter).min(1, 'a team without a scope has no issues: name at least one source'),
  stages: z
    .record(z.string(), z.record(z.string(), z.enum(STAGES)))
    .optional()
    .meta({ description: 'Per source: the name of a status, or `id:10012`, and the stage it stands for' }),
  doneMeans: z
    .enum(LEVELS)
    .optional()
    .meta({ description: 'The level an item must reach to be Done; default: found per project' }),
  gates: gatesSchema,
  serviceLevelObjective: z
    .number()
    .gt(0, 'a share between 0 and 1, such as 0.8')
    .lt(1, 'a share between 0 and 1, such as 0.8')
    .optional()
    .meta({ description: 'The share of items that is to finish within the expectation; default 0.8' }),
  cycleTime: z
    .strictObject({
      clock: z.enum(['elapsed', 'active_only', 'inclusive_days']).default('elapsed'),
      start: z.enum(['created', 'todo', 'active', 'late']).default('active'),
      finish: z.enum(['late', 'done']).default('done'),
      backward: z.enum(['kept', 'wiped']).default('kept'),
    })
    .superRefine(({ start, finish, backward }, context) => {
      if (start === 'late' && finish === 'late') {
        context.addIssue({
          code: 'custom',
          path: ['start'],
          message:
            '`late` is where the finish is, too, so no item would take any time: start earlier, such as `start: active`, or write `finish: done`',
        });
      }
      if (start === 'created' && backward === 'wiped') {
        context.addIssue({
          code: 'custom',
          path: ['backward'],
          message:
            '`wiped` can never happen with `start: created`, because nothing lies before the creation: write `backward: kept`, or start at todo, active or late',
        });
      }
    })
    .optional()
    .meta({
      description:
        'How this team counts cycle time, age and its delivery promise; the report shows the others beside it',
    }),
  workstreamBy: z.enum(['auto', 'initiative', 'project', 'parent', 'component', 'label']).optional(),
  work,
  alternatives: z.array(alternatives).min(1, 'an empty list says nothing: leave the key out').optional(),
  goal: goals,
});

const server = z.strictObject({
  host: z.string().default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(7300),
  allowedHosts: z
    .array(z.string())
    .default([])
    .meta({ description: 'Host names it may be reached by, beside its own address' }),
  tokens: z
    .array(
      // Checked in the value it stands for; an editor sees the reference only.
      secret.refine(
        (token) => /^\S{16,}$/.test(token),
        'expected a token of at least 16 characters without spaces, such as `openssl rand -hex 24` prints',
      ),
    )
    .default([]),
});

const cutPoint = z
  .number()
  .gt(0, 'a chance between 0 and 1, such as 0.8')
  .lt(1, 'a chance between 0 and 1, such as 0.8');

const cutPoints = z
  .strictObject({
    realistic: cutPoint
      .default(TEAM_DEFAULTS.cutPoints.realistic)
      .meta({ description: 'Below this chance a goal is unrealistic, or its team not set up for it' }),
    safe: cutPoint
      .default(TEAM_DEFAULTS.cutPoints.safe)
      .meta({ description: 'From this chance on a goal is on track' }),
  })
  .refine(({ realistic, safe }) => realistic < safe, {
    path: ['safe'],
    message: 'this has to be above `realistic`: raise it, or lower the other',
  });

/** The configuration file. Everything but `sources` and `teams` has a default that reports state. */
const everyMinutes = z.number().min(1, 'at most once a minute');

export const configSchema = z.strictObject({
  organisation: z
    .strictObject({
      name: z.string().min(1).optional(),
      timezone: timezone.optional(),
      cutPoints: cutPoints.optional(),
    })
    .optional(),
  sources: z
    .array(z.discriminatedUnion('kind', [jiraSource, linearSource], 'expected jira or linear'))
    .min(1, 'at least one source is needed'),
  teams: z.array(team).min(1, 'at least one team is needed'),
  server: server.optional(),
  sync: z
    .strictObject({
      everyMinutes: everyMinutes.default(30),
      sprintsEveryMinutes: everyMinutes.default(15).meta({ description: 'Sprints of Jira by themselves' }),
      versionsEveryMinutes: everyMinutes.default(60).meta({ description: 'Versions of Jira by themselves' }),
    })
    .optional()
    .meta({ description: 'How often `serve` reads the sources' }),
});

export type ConfigDocument = z.infer<typeof configSchema>;

function isTimezone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
