-- Token buckets that all nodes take from, when they count together (signet.limit.shared).
create table rate_limits (
  id         varchar(160) not null, -- the limit, its rate, and the source or account
  state      bytea, -- as Bucket4j has it
  expires_at bigint, -- milliseconds since 1970, when it is full again
  constraint rate_limits_pk primary key (id)
);

create index rate_limits_purge on rate_limits (expires_at);
