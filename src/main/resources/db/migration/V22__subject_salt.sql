-- Tells whether signet.subject.salt has changed: HMAC-SHA-256 of a fixed text under it, base64url;
-- empty until there is one.
create table subject_salt (
  fingerprint varchar(43) not null,
  constraint subject_salt_pk primary key (fingerprint)
);
insert into subject_salt (fingerprint) values ('');
