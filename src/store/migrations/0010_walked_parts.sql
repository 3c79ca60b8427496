-- What a source was read completely for: which parts its configuration named, in one text, and which parts those were.
-- Unknown for what was read before this was kept.
alter table sync_state
  add column scope text,
  add column parts text[];
