-- What a report says of the address itself, where its code alone does not tell (a bounce's words).
ALTER TABLE delivery_report ADD COLUMN address_dead boolean;
