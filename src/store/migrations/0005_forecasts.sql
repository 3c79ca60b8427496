-- What was promised, as it was promised: the first forecast of a team for a day and a horizon stands, and what came of
-- it is entered once. Without the model that made it, so that it can be scored whatever becomes of the model.
create table forecast (
  team text not null,
  as_of date not null,
  horizon_days integer not null check (horizon_days > 0),
  method text not null,
  published_at bigint not null,
  -- [{"chance", "items"}]: at least so many items with this chance.
  quantiles jsonb not null,
  -- [{"items", "atMost"}]: the chance of at most so many items.
  probabilities jsonb not null,
  -- Items finished in the days after, as known at the end of the last of them.
  outcome integer,
  resolved_at bigint,
  primary key (team, as_of, horizon_days, method),
  constraint forecast_resolved_once check ((outcome is null) = (resolved_at is null))
);

create index forecast_unresolved on forecast (team, as_of) where outcome is null;
