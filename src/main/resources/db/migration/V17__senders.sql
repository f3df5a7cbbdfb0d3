-- Who exchanged a refresh token: SHA-256 of source, user agent and DPoP key, base64url.
alter table refresh_tokens add column used_by varchar(43);

-- The grace no longer counts: older nodes still do.
alter table refresh_tokens alter column siblings set default 0;
