-- Registered OAuth clients.
create table clients (
  client_id           varchar(64)    not null,
  metadata            varchar(16000) not null, -- RFC 7591, section 2, as JSON
  secret_hash         varchar(43), -- SHA-256, base64url; null if it has keys instead
  former_secret_hash  varchar(43),
  former_secret_until timestamp with time zone, -- good until then, so that it can be replaced
  created_at          timestamp with time zone not null,
  updated_at          timestamp with time zone not null,
  constraint clients_pk primary key (client_id)
);

-- Signed assertions that clients have shown who they are by: each is good for one use.
create table client_assertions (
  hash       varchar(43) not null, -- of client_id and jti: SHA-256, base64url
  expires_at timestamp with time zone not null,
  constraint client_assertions_pk primary key (hash)
);

create index client_assertions_purge on client_assertions (expires_at);
