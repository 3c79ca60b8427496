-- What people and pipelines record of work on its way to being used. Rows are added and never changed; each is known by
-- the id that its author gave it. Instants are epoch milliseconds, as everywhere in the program.
create table deployment (
  id text primary key,
  -- Null: whichever source knows the issues.
  source text,
  -- Keys or ids, as they were told.
  issues text[] not null,
  environment text not null,
  at bigint not null,
  recorded_at bigint not null
);

create table verification (
  id text primary key,
  source text,
  issue text not null,
  outcome text not null check (outcome in ('passed', 'failed')),
  -- As the author of the record wrote it.
  verified_by text not null,
  at bigint not null,
  recorded_at bigint not null
);

create table kpi_value (
  id text primary key,
  team text not null,
  goal text not null,
  kpi text not null,
  value double precision not null,
  at bigint not null,
  recorded_at bigint not null
);

create index kpi_value_team on kpi_value (team, goal, kpi);

-- Which of the issues that a record names are known.
create index issue_key on issue (lower(key));
