-- What comments say of an issue's end: all that is kept of them, and only where comments are read.
alter table issue add column claims jsonb;

create view claim as
select
  issue.source,
  issue.id as issue_id,
  said ->> 'commentId' as comment_id,
  to_timestamp((said ->> 'at')::bigint / 1000.0) as at,
  said ->> 'phrase' as phrase,
  said ->> 'author' as author_hash,
  said ->> 'url' as url
from issue, jsonb_array_elements(issue.claims) as said;
