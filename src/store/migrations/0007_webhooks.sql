-- Deliveries of webhooks that were taken, so that the same one changes nothing when it comes again.
create table webhook_delivery (
  source text not null,
  -- A hash of its bytes, or of the id that its sender gave it.
  mark text not null,
  expires_at bigint not null,
  primary key (source, mark)
);

create index webhook_delivery_expired on webhook_delivery (expires_at);

-- Changes that a tracker leaves out of its histories and a webhook told of. They are worked into an issue whenever it
-- is saved, so they stay: read again, the issue has nothing of them.
create table told_change (
  source text not null,
  issue_id text not null,
  event_id text not null,
  item_index integer not null,
  -- A change as the program writes it: {"at", "field", "from", "to", …}
  event jsonb not null,
  primary key (source, issue_id, event_id, item_index)
);
