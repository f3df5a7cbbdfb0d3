create table signing_keys (
  id           varchar(64)   not null, -- the kid: the key's thumbprint (RFC 7638)
  generation   integer       not null, -- counts the keys; the constraint decides who makes the next
  algorithm    varchar(16)   not null,
  public_key   varchar(4000) not null, -- JWK
  sealed_key   varchar(8000), -- the private JWK by AES-256-GCM; null when the key has retired
  published_at timestamp with time zone not null,
  signs_from   timestamp with time zone not null,
  constraint signing_keys_pk primary key (id),
  constraint signing_keys_generation_unique unique (generation)
);
