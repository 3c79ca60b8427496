create table sync_state (
  source text primary key,
  complete_as_of bigint,
  finished_at bigint,
  last_error text
);

-- Where each part of an interrupted sync resumes. Moves in the transaction that stores what was read.
create table sync_walk (
  source text not null,
  part text not null,
  started_as_of bigint not null,
  resume text,
  done boolean not null,
  primary key (source, part)
);
