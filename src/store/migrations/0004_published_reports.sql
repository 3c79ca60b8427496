create table published_report (
  team text not null,
  as_of date not null,
  published_at bigint not null,
  -- json, not jsonb: a published document is served again byte for byte, with its keys in their order.
  document json not null,
  primary key (team, as_of, published_at)
);
