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
      const early = isEdit(body)
        ? earlyChanges(parseBody(delivery.body, z.unknown()), deliveryId(delivery), personHash)
        : [];
      return {
        event: `${body.type} ${body.action}`,
        marks: marksOf(delivery, 'linear-delivery'),
        told: new Map(early.length === 0 ? [] : [[String(body.data.id), early]]),
        ...meaningOf(body),
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
  data: z.object({
    id: id.optional(),
    issueId: id.nullish(),
    relatedIssueId: id.nullish(),
  }),
});
type Body = z.infer<typeof bodySchema>;

const isEdit = ({ type, action }: Body): boolean => type === 'Issue' && action === 'update';

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

function meaningOf({ type, data }: Body): Pick<WebhookNews, 'issues' | 'reference' | 'ignored'> {
  if (type === 'Issue') {
    if (data.id === undefined) throw new WebhookRefusal('malformed', 'The body does not say which issue.');
    return { issues: [data.id], reference: false };
  }
  if (REFERENCE.has(type)) return { issues: [], reference: true };
  const issues = [data.issueId, data.relatedIssueId].filter((one) => one != null);
  if (issues.length > 0) return { issues: [...new Set(issues)], reference: false };
  return { issues: [], reference: false, ignored: `Nothing that is read changes with ${type}.` };
}

/** The same for all attempts of one delivery. */
function deliveryId({ body, header }: Delivery): string {
  const given = header('linear-delivery') ?? '';
  if (/^[0-9a-f-]{36}$/i.test(given)) return given.toLowerCase();
  return createHash('sha256').update(body).digest('hex').slice(0, 36);
}
