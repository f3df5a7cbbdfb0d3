-- A pushed request whose page was shown belongs to that browser, also when its reference has expired.
alter table pushed_requests add column browser_hash varchar(43); -- of its secret: SHA-256, base64url
alter table pushed_requests add column kept_until timestamp with time zone;
create index pushed_requests_browser on pushed_requests (browser_hash);
