import { z } from 'zod';
import { anotherSite, type WebhookNews, type WebhookReader, WebhookRefusal } from '../webhook.ts';
import { checkAge, checkSignature, marksOf, parseBody } from '../webhook-trust.ts';

export interface JiraWebhookOptions {
  /** Address of the site, as in `https://acme.atlassian.net`. */
  readonly url: string;
  /** Given to Jira when an administrator makes the webhook. */
  readonly secret: string;
}

/**
 * The webhooks that an administrator of a Jira site makes, with a secret. Those that apps register for themselves are
 * signed with an app's own credentials, which a reader with a user's token does not have: they are refused.
 */
export function createJiraWebhooks({ url, secret }: JiraWebhookOptions): WebhookReader {
  return {
    maxBytes: 25 * 1024 * 1024,
    read: (delivery, now) => {
      const { algorithm, signature } = signatureOf(delivery.header('x-hub-signature'));
      checkSignature(delivery.body, secret, algorithm, signature);
      const body = parseBody(delivery.body, bodySchema);
      checkAge(body.timestamp, now, AGE);
      checkSite(body, url);
      return {
        event: body.webhookEvent,
        marks: marksOf(delivery, 'x-atlassian-webhook-identifier'),
        told: new Map(),
        ...meaningOf(body),
      };
    },
  };
}

/** Jira tries five times again, up to a quarter of an hour apart, and keeps the moment of the first. */
const AGE = { oldMs: 2 * 3_600_000, aheadMs: 5 * 60_000 };

/** Those that nobody is known to forge; Jira names the one it used. */
const ALGORITHMS: ReadonlySet<string> = new Set(['sha256', 'sha384', 'sha512']);

function signatureOf(header: string | undefined): { readonly algorithm: string; readonly signature: string } {
  const [, algorithm = '', signature = ''] = /^([a-z0-9]+)=([0-9a-f]+)$/i.exec(header ?? '') ?? [];
  if (ALGORITHMS.has(algorithm.toLowerCase())) return { algorithm: algorithm.toLowerCase(), signature };
  throw new WebhookRefusal(
    'unsigned',
    'The header X-Hub-Signature with sha256, sha384 or sha512 is missing. Have an administrator of the Jira site make the webhook and give it a secret; webhooks that apps register for themselves are not taken.',
  );
}

const id = z
  .union([z.string(), z.int().transform(String)])
  .refine((text) => /^\d{1,19}$/.test(text), 'is no id of an issue');

/** Something that is read of nothing but its address; of any other shape it has none. */
const addressed = z.object({ self: z.string().optional() }).optional().catch(undefined);

const bodySchema = z.object({
  // One that says nothing of the time is refused for that, and not for its shape.
  timestamp: z.int().optional(),
  webhookEvent: z.string().max(200),
  issue: z.object({ id, self: z.string().optional() }).optional(),
  comment: addressed,
  issueLink: z.object({ sourceIssueId: id, destinationIssueId: id }).optional(),
  worklog: z.object({ issueId: id, self: z.string().optional() }).optional(),
  version: addressed,
  sprint: addressed,
  board: addressed,
  project: addressed,
});
type Body = z.infer<typeof bodySchema>;

type Meaning = Pick<WebhookNews, 'issues' | 'reference' | 'ignored'>;

function meaningOf(body: Body): Meaning {
  const { webhookEvent: event, issue, comment, issueLink, worklog } = body;
  if (/^jira:issue_(created|updated|deleted)$/.test(event)) return about([issue?.id], event);
  if (event.startsWith('comment_')) return about([issue?.id ?? issueIn(comment?.self)], event);
  if (event.startsWith('issuelink_')) {
    return about([issueLink?.sourceIssueId, issueLink?.destinationIssueId], event);
  }
  if (event.startsWith('worklog_')) return about([worklog?.issueId], event);
  if (/^(sprint|board|project|jira:version)_/.test(event)) return { issues: [], reference: true };
  return { issues: [], reference: false, ignored: `Nothing that is read changes with ${event}.` };
}

function about(ids: readonly (string | undefined)[], event: string): Meaning {
  const issues = ids.filter((one) => one !== undefined);
  if (issues.length > 0) return { issues: [...new Set(issues)], reference: false };
  throw new WebhookRefusal('malformed', `The body does not say which issue ${event} is about.`);
}

/** A comment that was deleted comes without its issue from some servers; its address names it. */
function issueIn(address: string | undefined): string | undefined {
  return /\/issue\/(\d{1,19})\/comment\//.exec(address ?? '')?.[1];
}

/** Two sites may have been given one secret; an issue of the other has an id that means something else here. */
function checkSite(body: Body, url: string): void {
  const { issue, comment, worklog, version, sprint, board, project } = body;
  const own = new URL(url).origin;
  for (const told of [issue, comment, worklog, version, sprint, board, project]) {
    const from = URL.parse(told?.self ?? '')?.origin;
    if (from !== undefined && from !== own) throw anotherSite();
  }
}
