-- The row that /api/health/ready writes: only a write tells that the database takes writes.
insert into leases (name, holder, held_until) values ('ready', '', current_timestamp);
