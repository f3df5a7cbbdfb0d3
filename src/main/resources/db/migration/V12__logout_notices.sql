-- Where a client is told of logouts, for the statement that ends its families.
alter table clients add column backchannel_logout_uri varchar(400);

-- A family with offline access belongs to a browser like others, and outlasts its logout.
alter table refresh_families add column offline boolean default false not null;
