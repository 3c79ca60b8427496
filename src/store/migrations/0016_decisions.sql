-- Risks put before leadership, and what was decided about them. Rows are added and never changed. The numbers are those
-- that it was put before them with, or decided on. Instants are epoch milliseconds, as everywhere in the program.
create table escalation (
  id text primary key,
  team text not null,
  risk text not null,
  note text,
  -- The day that the numbers are of.
  as_of date not null,
  statement text not null,
  accept_means text not null,
  -- Of the committed milestone by its date; null: there was none, or it could not be told.
  chance double precision,
  due date,
  -- What relief would add to that chance, from the low to the high end.
  dp_low double precision,
  dp_high double precision,
  recorded_at bigint not null,
  check ((chance is null) = (due is null)),
  check ((dp_low is null) = (dp_high is null))
);

create index escalation_team on escalation (team);

create table decision (
  -- One each: who thinks better of it escalates again.
  escalation text primary key references escalation (id),
  team text not null,
  risk text not null,
  decision text not null check (decision in ('accept', 'address')),
  -- As the author of the decision wrote it.
  decided_by text not null,
  -- The last day that it holds.
  until date not null,
  -- What is accepted, in numbers; null when the risk is to be addressed.
  accepted text,
  note text,
  as_of date not null,
  statement text not null,
  accept_means text not null,
  chance double precision,
  due date,
  dp_low double precision,
  dp_high double precision,
  recorded_at bigint not null,
  check ((decision = 'accept') = (accepted is not null)),
  check ((chance is null) = (due is null)),
  check ((dp_low is null) = (dp_high is null))
);

create index decision_team on decision (team);
