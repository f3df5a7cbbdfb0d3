-- What ends with a client is found by it: PostgreSQL makes no index for a foreign key.
create index authorization_codes_of_client on authorization_codes (client_id);
create index consents_of_client on consents (client_id);
create index pushed_requests_of_client on pushed_requests (client_id);
create index device_codes_of_client on device_codes (client_id);
create index logout_notices_of_client on logout_notices (client_id, next_at);
