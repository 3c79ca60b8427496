-- What each source says about itself, as of the last sync.
create table reference (
  source text primary key,
  document jsonb not null,
  observed_at timestamptz not null
);

-- Trackers keep no history of versions and cycles, so we do: a row whenever one is seen for the first time or differs
-- from when it was last seen. Rows are only ever added.
create table version_observation (
  source text not null,
  version_id text not null,
  observed_at timestamptz not null,
  project_id text not null,
  name text not null,
  released boolean not null,
  release_day date,
  primary key (source, version_id, observed_at)
);

create table cycle_observation (
  source text not null,
  cycle_id text not null,
  observed_at timestamptz not null,
  name text not null,
  start_at bigint,
  planned_end_at bigint,
  ended_at bigint,
  primary key (source, cycle_id, observed_at)
);
