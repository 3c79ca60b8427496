-- Which issues were held against the second record that their tracker keeps of their statuses.
create table cross_check (
  source text not null,
  issue_id text not null,
  -- The tracker's clock.
  checked_at bigint not null,
  -- Null when there was nothing to compare.
  agrees boolean,
  primary key (source, issue_id)
);
