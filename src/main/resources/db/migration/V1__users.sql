create table users (
  id                  varchar(36)   not null,
  username            varchar(256)  not null, -- as its owner typed it
  username_key        varchar(256)  not null, -- NFKC and case-folded, for comparison
  email               varchar(320),
  email_key           varchar(320),
  password_hash       varchar(512)  not null, -- Argon2id, PHC string
  password_expires_at timestamp with time zone, -- set for a password that must be replaced
  group_names         varchar(4000) not null, -- separated and enclosed by spaces
  enabled             boolean       not null,
  created_at          timestamp with time zone not null,
  updated_at          timestamp with time zone not null,
  constraint users_pk primary key (id),
  constraint users_username_unique unique (username_key),
  constraint users_email_unique unique (email_key)
);

create index users_created_at on users (created_at, id);
