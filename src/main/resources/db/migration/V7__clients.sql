-- Registered OAuth clients.
create table clients (
  client_id           varchar(64)    not null,
  metadata            varchar(16000) not null, -- RFC 7591, section 2, as JSON
  secret_hash         varchar(43)    not null, -- SHA-256, base64url
  former_secret_hash  varchar(43),
  former_secret_until timestamp with time zone, -- good until then, so that it can be replaced
  created_at          timestamp with time zone not null,
  updated_at          timestamp with time zone not null,
  constraint clients_pk primary key (client_id)
);
