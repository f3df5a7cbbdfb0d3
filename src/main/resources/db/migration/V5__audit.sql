-- Security events. The identifier sorts by time, and is the order of every list.
create table audit (
  id          varchar(36) not null, -- UUID of version 7
  occurred_at timestamp with time zone not null, -- the time in the identifier
  type        varchar(32) not null,
  outcome     varchar(8)  not null, -- success, failure
  reason      varchar(32),
  actor       varchar(64), -- sub of the access token
  subject     varchar(64),
  client      varchar(64),
  source      varchar(64), -- null for Signet's own work
  correlation varchar(64) not null,
  detail      varchar(4000),
  constraint audit_pk primary key (id)
);

create index audit_subject on audit (subject, id);
create index audit_source on audit (source, id);
create index audit_type on audit (type, id);
