import { z } from 'zod';
import { HistoryFileError } from './history-file-error.ts';

/** One line of a recorded export, checked as far as a tracker cannot do without. The rest is kept as it came. */
export type RecordedIssue = z.infer<typeof recordedIssue>;
export type RecordedHistoryItem = z.infer<typeof historyItem>;

/**
 * Reads one line of a recorded export.
 *
 * @throws HistoryFileError with the line's number, what was expected there and what to do.
 */
export function parseRecordedIssue(text: string, file: string, line: number): RecordedIssue {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new HistoryFileError(
      file,
      line,
      'expected one issue as JSON on one line, but it is not JSON',
      REMEDY,
      {
        cause: error,
      },
    );
  }
  const parsed = recordedIssue.safeParse(json);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const place = first === undefined || first.path.length === 0 ? 'an issue' : `"${first.path.join('.')}"`;
  throw new HistoryFileError(
    file,
    line,
    `expected ${place} to be valid (${first?.message ?? 'unknown'})`,
    REMEDY,
    {
      cause: parsed.error,
    },
  );
}

/** The text of an item's new value; undefined when it was recorded without one, for `toString` is then inherited. */
export function newText(item: RecordedHistoryItem): unknown {
  return Object.hasOwn(item, 'toString') ? item['toString'] : undefined;
}

const REMEDY =
  'Mend or remove the line: each must be an issue with id, key, fields and changelog, ' +
  'as /rest/api/2/issue/KEY?expand=changelog gives it.';

const id = z.union([z.string().min(1), z.number().transform(String)]);
const reference = z.looseObject({ id, name: z.string() });

/** Jira writes `2012-03-14T14:27:59.091+0000`; `Date.parse` understands the offset only with a colon. */
const instant = z.string().transform((text, context) => {
  const milliseconds = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(milliseconds)) {
    context.addIssue({ code: 'custom', message: `expected an instant such as 2012-03-14T14:27:59.091+0000` });
    return z.NEVER;
  }
  return milliseconds;
});

const text = z.string().nullable();
// `toString` is not declared: the schema would read the method every object inherits. It is read by hand.
const historyItem = z.looseObject({
  field: z.string(),
  fieldtype: z.string().default('jira'),
  from: text.optional(),
  fromString: text.optional(),
  to: text.optional(),
});

const history = z.looseObject({
  id,
  created: instant,
  author: z.unknown().optional(),
  items: z.array(historyItem),
});

const recordedIssue = z
  .looseObject({
    id,
    key: z.string().min(1),
    fields: z.looseObject({
      summary: z.string().nullish(),
      created: instant,
      updated: instant.nullish(),
      project: z.looseObject({ id, key: z.string(), name: z.string().optional() }),
      status: reference,
      issuetype: reference,
      labels: z.array(z.string()).nullish(),
      duedate: z.string().nullish(),
      fixVersions: z.array(reference).nullish(),
      components: z.array(reference).nullish(),
    }),
    changelog: z
      .looseObject({ total: z.number().optional(), histories: z.array(history) })
      .refine(
        ({ total = 0, histories }) => histories.length >= total,
        'fewer histories than the total it names: the export was cut off',
      )
      .optional(),
  })
  .transform((issue) => ({
    id: issue.id,
    key: issue.key,
    fields: issue.fields,
    histories: issue.changelog?.histories ?? [],
    created: issue.fields.created,
    updated: issue.fields.updated ?? issue.fields.created,
  }));
