-- Everything that changed in the tracker before the cursor is stored; it moves in the transaction that stores a batch.
alter table sync_state
  add column cursor bigint,
  -- The tracker's clock at the last census.
  add column census_at bigint;

-- A complete sync held everything up to then, so following begins there.
update sync_state set cursor = complete_as_of;

alter table issue
  add column team_id text,
  -- Every team it is or ever was in, as for projects.
  add column team_ids text[] not null default '{}',
  -- When the tracker did not show it, oldest first: [{"since", "until", "why"}]. The last lasts when it has no end.
  add column gone jsonb,
  -- Since when it is gone, while it is.
  add column gone_since bigint;

update issue set
  team_id = current #>> '{scalars,team,value}',
  team_ids = array(
    select distinct id from (
      select current #>> '{scalars,team,value}' as id
      union
      select unnest(array[event ->> 5, event ->> 6]) from jsonb_array_elements(events) as event
      where event ->> 4 = 'team'
    ) as team where id <> '' order by id
  );

create index issue_teams on issue using gin (team_ids);

create or replace view issue_view as
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
  to_timestamp(updated_at / 1000.0) as updated_at,
  team_id,
  to_timestamp(gone_since / 1000.0) as gone_since,
  case when gone_since is not null then gone -> -1 ->> 'why' end as gone_why
from issue;

-- When it was seen by the tracker's clock; until now it was ours.
alter table reference add column first_observed_at timestamptz;

update reference set first_observed_at = coalesce(
  (select min(observed_at) from version_observation as version where version.source = reference.source),
  observed_at
);

alter table reference alter column first_observed_at set not null;

alter table version_observation
  add column kind text,
  -- Seen to be there no more.
  add column removed boolean not null default false;
