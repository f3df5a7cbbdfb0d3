-- A client can be known by the address of a document, which is its identifier then.
alter table clients alter column client_id set data type varchar(256);
alter table refresh_families alter column client_id set data type varchar(256);
alter table refresh_families alter column label set data type varchar(256);
alter table authorization_codes alter column client_id set data type varchar(256);
alter table consents alter column client_id set data type varchar(256);
alter table pushed_requests alter column client_id set data type varchar(256);
alter table device_codes alter column client_id set data type varchar(256);
alter table logout_notices alter column client_id set data type varchar(256);
alter table audit alter column client set data type varchar(256);
alter table rate_limits alter column id set data type varchar(400);

-- When the document was read; null if the client was registered.
alter table clients add column document_at timestamp with time zone;

-- Such a client may push a request before any user has let it in, and only then it is stored.
alter table pushed_requests drop constraint pushed_requests_client;
