create index issue_updated on issue (source, updated_at);
