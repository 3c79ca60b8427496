-- Whether a deployment was unplanned and made because of an incident; null: it did not say.
alter table deployment add column rework boolean;
