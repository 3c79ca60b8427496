-- What a risk cost in weeks when it was put before leadership or decided on, from the low to the high end.
alter table escalation
  add column weeks_low double precision,
  add column weeks_high double precision,
  add check ((weeks_low is null) = (weeks_high is null));

alter table decision
  add column weeks_low double precision,
  add column weeks_high double precision,
  add check ((weeks_low is null) = (weeks_high is null));
