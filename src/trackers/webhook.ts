import type { Instant, IssueEvent } from '#domain/issue.ts';

/** One delivery as it came in; nothing of it is believed yet. */
export interface Delivery {
  /** The bytes that were signed. */
  readonly body: Buffer;
  readonly header: (name: string) => string | undefined;
}

/** What a delivery that is believed says has happened. What is so now is asked of the tracker itself. */
export interface WebhookNews {
  /** The tracker's name of what happened, as `Issue update`. */
  readonly event: string;
  /** What the delivery is recognised by when it comes again; one of them is made of all its bytes. */
  readonly marks: readonly string[];
  /** Ids of issues to read again. */
  readonly issues: readonly string[];
  /** Whether to read again what the source says of itself. */
  readonly reference: boolean;
  /** Changes that the tracker's own history leaves out, by issue. */
  readonly told: ReadonlyMap<string, readonly IssueEvent[]>;
  /** What the tracker knows the site by that it is about, where it says so. */
  readonly siteId?: string;
  /** Why nothing comes of it, where nothing does. */
  readonly ignored?: string;
}

/** Tells the deliveries of one source from what others send to its address. */
export interface WebhookReader {
  /** Largest body that the tracker sends, bytes. */
  readonly maxBytes: number;
  /** Throws `WebhookRefusal`. `now` is our clock. */
  readonly read: (delivery: Delivery, now: Instant) => WebhookNews;
}

export type WebhookRefusalKind = 'unsigned' | 'forged' | 'stale' | 'malformed' | 'wrong_source';

/** Why a delivery is not believed. The message is for whoever set up the webhook: what is wrong and what to do. */
export class WebhookRefusal extends Error {
  override readonly name = 'WebhookRefusal';
  readonly kind: WebhookRefusalKind;

  constructor(kind: WebhookRefusalKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Refuses what was sent to the wrong source. */
export function anotherSite(): WebhookRefusal {
  return new WebhookRefusal(
    'wrong_source',
    'This is about another site than that of the source it was sent to. Send the webhook of each site or workspace to its own source, or correct what the source reads: its url, or its key.',
  );
}
