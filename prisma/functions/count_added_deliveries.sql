-- Written by `npm run migrate:check -- --write` from the migrated database. To change it, write a migration.

CREATE OR REPLACE FUNCTION public.count_added_deliveries()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE ids uuid[];
BEGIN
  INSERT INTO delivery_count (edition_id, channel, purpose, state, n)
  SELECT edition_id, channel, purpose, state, count(*) FROM added GROUP BY edition_id, channel, purpose, state;
  SELECT array_agg(DISTINCT a.copy_id) INTO ids FROM added a JOIN copy c ON c.id = a.copy_id
  WHERE c.no_channel_left AND delivery_standing(a.state) <> 'gone' OR a.state = 'delivered';
  IF ids IS NOT NULL THEN PERFORM settle_copies(ids); END IF;
  RETURN NULL;
END $function$;

CREATE TRIGGER delivery_count_added AFTER INSERT ON delivery REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_added_deliveries();
