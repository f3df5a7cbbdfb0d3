create table signing_keys (
  id           varchar(64)   not null, -- the kid: the key's thumbprint (RFC 7638)
  generation   integer       not null, -- counts the keys; the constraint decides who makes the next
  algorithm    varchar(16)   not null,
  sealed_key   varchar(8000) not null, -- the JWK by AES-256-GCM: nobody can add or change one
  has_secret   boolean       not null, -- until the key has retired
  published_at timestamp with time zone not null,
  signs_from   timestamp with time zone not null,
  constraint signing_keys_pk primary key (id),
  constraint signing_keys_generation_unique unique (generation)
);
