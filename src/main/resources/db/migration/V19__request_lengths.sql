-- What is granted has the scope, the nonce and the claims of a request, which has at most 32,000
-- characters when it is encoded; escaped as JSON has it, twice as many.
alter table authorization_codes alter column granted set data type varchar(100000);
alter table refresh_families alter column granted set data type varchar(100000);
alter table device_codes alter column requested set data type varchar(100000);
alter table device_codes alter column granted set data type varchar(100000);
alter table consents alter column scope set data type varchar(16000);
