-- One row per issue with its whole timeline: a report reads whole issues, so a row per event would only be joined back
-- together. Instants are epoch milliseconds, as everywhere in the program; the views give timestamps.
create table issue (
  source text not null,
  -- "C" sorts by bytes on every server, so the digest's order does not depend on the locale of the database.
  id text collate "C" not null,
  key text,
  project_id text,
  -- Every project it is or ever was in: a report of a past date counts it where it then was.
  project_ids text[] not null,
  type_id text,
  status_id text,
  created_at bigint not null,
  updated_at bigint not null,
  creator text,
  current jsonb not null,
  -- Oldest first; each event an array whose places are named in the view below.
  events jsonb not null,
  primary key (source, id),
  constraint issue_history_cap check (jsonb_array_length(events) <= 20000)
);

create index issue_projects on issue using gin (project_ids);

-- Timelines compress well and are written often: lz4 costs a fraction of the default. Servers built without it keep
-- the default.
do $$
begin
  alter table issue alter column events set compression lz4, alter column current set compression lz4;
exception when feature_not_supported then null;
end
$$;

create view issue_view as
select
  source,
  id as issue_id,
  key,
  project_id,
  current #>> '{scalars,title,value}' as title,
  type_id,
  current #>> '{scalars,type,name}' as type_name,
  status_id,
  current #>> '{scalars,status,name}' as status_name,
  to_timestamp(created_at / 1000.0) as created_at,
  to_timestamp(updated_at / 1000.0) as updated_at
from issue;

create view event_view as
select
  issue.source,
  issue.id as issue_id,
  issue.key,
  to_timestamp((event ->> 0)::bigint / 1000.0) as at,
  case event ->> 1 when 'i' then 'inferred' else 'recorded' end as origin,
  event ->> 2 as event_id,
  (event ->> 3)::integer as item_index,
  event ->> 4 as field,
  event ->> 5 as from_value,
  event ->> 6 as to_value,
  event ->> 7 as from_name,
  event ->> 8 as to_name,
  event ->> 9 as actor,
  event ->> 10 as separator
from issue, jsonb_array_elements(issue.events) as event;
