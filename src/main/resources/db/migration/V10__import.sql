-- One node at a time imports.
insert into leases (name, holder, held_until) values ('import', '', current_timestamp);
