import { z } from 'zod';
import { LEVELS } from '#domain/team.ts';
import { STAGES } from '#domain/workflow.ts';
import { isLoopback } from '../src/loopback.ts';

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

const jiraSource = z.strictObject({
  id: ID,
  kind: z.literal('jira'),
  url: z
    .url('expected the address of your Jira site, as https://acme.atlassian.net')
    .refine(
      (url) => !URL.canParse(url) || url.startsWith('https://') || isLoopback(new URL(url).hostname),
      'expected https (plain http is allowed for this machine only: credentials would be readable on the way)',
    ),
  auth: z.strictObject({ email: z.string().min(3), apiToken: secret }),
  projects: names
    .optional()
    .meta({ description: 'Project keys to read; default: those the scopes of the teams name.' }),
});

const scopeFilter = z.strictObject({
  source: z.string().meta({ description: 'Id of a source' }),
  projects: names.optional().meta({ description: 'Keys, ids or names' }),
  teams: names.optional(),
  components: names.optional(),
  labels: names.optional(),
  types: names.optional(),
  versions: names.optional(),
  parents: names.optional().meta({ description: 'Ids of the epics, or of whatever the issues lie under' }),
});

const team = z.strictObject({
  id: ID,
  name: z.string().min(1),
  group: z.string().min(1).optional(),
  timezone: timezone
    .optional()
    .meta({ description: 'Decides which day an event falls on; default: that of the organisation' }),
  headcount: z
    .number()
    .positive('a team has more than 0 people')
    .optional()
    .meta({ description: 'How many people work here, so that the coverage of effort is not overstated' }),
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
    .optional()
    .meta({ description: 'How this team counts cycle time; the report shows the others beside it' }),
  workstreamBy: z.enum(['auto', 'initiative', 'project', 'parent', 'component', 'label']).optional(),
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

/** The configuration file. Everything but `sources` and `teams` has a default that reports state. */
export const configSchema = z.strictObject({
  organisation: z
    .strictObject({ name: z.string().min(1).optional(), timezone: timezone.optional() })
    .optional(),
  sources: z.array(jiraSource).min(1, 'at least one source is needed'),
  teams: z.array(team).min(1, 'at least one team is needed'),
  server: server.optional(),
  sync: z
    .strictObject({ everyMinutes: z.number().min(1, 'at most once a minute').default(30) })
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
