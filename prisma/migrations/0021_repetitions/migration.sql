-- How often the system has sent a delivery again although it may have arrived.
ALTER TABLE delivery ADD COLUMN repetitions integer NOT NULL DEFAULT 0;
