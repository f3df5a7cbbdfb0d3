-- What the session was granted: its logout token has the subject that its ID tokens had.
alter table logout_notices add column granted varchar(100000);
