import { createHash } from 'node:crypto';
import { z } from 'zod';
import { personHasher } from '../person.ts';
import { type Delivery, type WebhookNews, type WebhookReader, WebhookRefusal } from '../webhook.ts';
import { checkAge, checkSignature, marksOf, parseBody } from '../webhook-trust.ts';
import { earlyChanges } from './early-changes.ts';

export interface LinearWebhookOptions {
  /** Id of the source in the configuration. */
  readonly source: string;
  /** Linear makes one for every webhook. */
  readonly secret: string;
  /** Secret that person hashes are made with. */
  readonly salt: string;
}

/**
 * Linear's webhooks. The helper of its SDK checks the same, but by the clock of the machine alone and with one error
 * for everything.
 */
export function createLinearWebhooks({ source, secret, salt }: LinearWebhookOptions): WebhookReader {
  const personHash = personHasher(source, salt);
  return {
    maxBytes: 5 * 1024 * 1024,
    read: (delivery, now) => {
      const signature = delivery.header('linear-signature');
      if (signature === undefined) {
        throw new WebhookRefusal(
          'unsigned',
          'The header Linear-Signature is missing: this was not sent by a webhook of Linear.',
        );
      }
      checkSignature(delivery.body, secret, 'sha256', signature);
      const body = parseBody(delivery.body, bodySchema);
      // The header Linear-Timestamp says the same, but it is not signed.
      checkAge(body.webhookTimestamp, now, { oldMs: 60_000, aheadMs: 60_000 });
      const meaning = meaningOf(body, delivery.body);
      const early = isEdit(body)
        ? earlyChanges(parseBody(delivery.body, z.unknown()), deliveryId(delivery), personHash)
        : [];
      return {
        event: `${body.type} ${body.action}`,
        marks: marksOf(delivery, 'linear-delivery'),
        ...(body.organizationId === undefined ? {} : { siteId: body.organizationId }),
        told: new Map(meaning.issues.flatMap((id) => (early.length === 0 ? [] : [[id, early]]))),
        ...meaning,
      };
    },
  };
}

const id = z.string().regex(/^[\w-]{1,64}$/, 'is no id');

const bodySchema = z.object({
  action: z.string().max(100),
  type: z.string().max(100),
  // One that says nothing of the time is refused for that, and not for its shape.
  webhookTimestamp: z.int().optional(),
  organizationId: z.string().max(100).optional(),
  // Whatever they are in a type that is not read.
  data: z.unknown().optional(),
  issueData: z.unknown().optional(),
});
const namingSchema = z.object({
  data: z.object({ id: id.optional(), issueId: id.nullish(), relatedIssueId: id.nullish() }).nullish(),
  /** In place of `data` where a service level is told of. */
  issueData: z.object({ id }).nullish(),
});
type Body = z.infer<typeof bodySchema>;

const isEdit = ({ type, action }: Body): boolean => type === 'Issue' && action === 'update';

type Meaning = Pick<WebhookNews, 'issues' | 'reference' | 'ignored'>;

/** Of these we read what the source says of itself again. */
const REFERENCE: ReadonlySet<string> = new Set([
  'Cycle',
  'Initiative',
  'InitiativeToProject',
  'InitiativeUpdate',
  'IssueLabel',
  'Project',
  'ProjectMilestone',
  'ProjectStatus',
  'ProjectUpdate',
  'Release',
  'Team',
  'WorkflowState',
]);

function meaningOf(body: Body, bytes: Buffer): Meaning {
  const { type, data } = body;
  if (REFERENCE.has(type)) return { issues: [], reference: true };
  const issues = type === 'Issue' ? issueIn(parseBody(bytes, namingSchema)) : issuesNamed(body);
  if (issues.length > 0) return { issues, reference: false };
  // Refused, it would be sent again, and the webhook switched off in the end.
  const why = data == null ? `It names nothing of ${type}.` : `Nothing that is read changes with ${type}.`;
  return { issues: [], reference: false, ignored: why };
}

function issueIn({ data }: z.infer<typeof namingSchema>): readonly string[] {
  if (data == null) return [];
  if (data.id === undefined) throw new WebhookRefusal('malformed', 'The body does not say which issue.');
  return [data.id];
}

/** Issues that are told of beside something else: there are more such types than we know of. */
function issuesNamed(body: Body): readonly string[] {
  const named = namingSchema.safeParse(body).data;
  const ids = [named?.data?.issueId, named?.data?.relatedIssueId, named?.issueData?.id];
  return [...new Set(ids.filter((one) => one != null))];
}

/** The same for all attempts of one delivery. */
function deliveryId({ body, header }: Delivery): string {
  const given = header('linear-delivery') ?? '';
  if (/^[0-9a-f-]{36}$/i.test(given)) return given.toLowerCase();
  return createHash('sha256').update(body).digest('hex').slice(0, 36);
}
