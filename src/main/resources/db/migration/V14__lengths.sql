-- A client's name is longer than what people call a device.
alter table refresh_families alter column label set data type varchar(200);

-- Twenty resources, a nonce and the claims parameter, all escaped as JSON has it.
alter table authorization_codes alter column granted set data type varchar(16000);
alter table refresh_families alter column granted set data type varchar(16000);

-- Of a loopback address, the port comes on top.
alter table authorization_codes alter column redirect_uri set data type varchar(410);
