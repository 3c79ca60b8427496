-- What trackers grant a source and what was used of it, shared by all processes that read it.
create table allowance (
  source text not null,
  -- requests, points, complexity
  resource text not null,
  -- What we have used, since when.
  spent double precision not null default 0,
  since bigint not null,
  -- What the tracker last said of it, absent where it says nothing: {"limit", "remaining", "windowMs", "refill", "resetsAt"}
  told jsonb,
  observed_at bigint,
  primary key (source, resource)
);

-- Until when a tracker wants to be left alone: at an endpoint, or altogether where it is empty.
create table allowance_pause (
  source text not null,
  endpoint text not null,
  until bigint not null,
  primary key (source, endpoint)
);
