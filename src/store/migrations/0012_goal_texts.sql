-- What the texts of epics say of a goal: all that is kept of them, and only where they are read. Those of projects are in
-- the reference.
alter table issue add column texts jsonb;

create view goal_text as
select
  issue.source,
  'issue' as kind,
  issue.id,
  to_timestamp((said ->> 'since')::bigint / 1000.0) as since,
  fact.key as fact,
  fact.value as quote
from issue, jsonb_array_elements(issue.texts) as said, jsonb_each_text(said -> 'facts') as fact
union all
select
  reference.source,
  'project' as kind,
  project ->> 'id' as id,
  to_timestamp((said ->> 'since')::bigint / 1000.0) as since,
  fact.key as fact,
  fact.value as quote
from
  reference,
  jsonb_array_elements(reference.document -> 'projects') as project,
  jsonb_array_elements(coalesce(project -> 'texts', '[]'::jsonb)) as said,
  jsonb_each_text(said -> 'facts') as fact;
