-- Written by `npm run migrate:check -- --write` from the migrated database. To change it, write a migration.

CREATE OR REPLACE FUNCTION public.count_removed_deliveries()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO delivery_count (edition_id, channel, purpose, state, n)
  SELECT edition_id, channel, purpose, state, -count(*) FROM gone GROUP BY edition_id, channel, purpose, state;
  RETURN NULL;
END $function$;

CREATE TRIGGER delivery_count_removed AFTER DELETE ON delivery REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION count_removed_deliveries();
