-- A consent that is withdrawn takes back what its user has granted and no client has fetched yet.
create index authorization_codes_of_user on authorization_codes (user_id);
create index device_codes_of_user on device_codes (user_id);
