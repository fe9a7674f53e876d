-- Written by `npm run migrate:check -- --write` from the migrated database. To change it, write a migration.

CREATE OR REPLACE FUNCTION public.count_changed_deliveries()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE ids uuid[];
BEGIN
  INSERT INTO delivery_count (edition_id, channel, purpose, state, n)
  SELECT edition_id, channel, purpose, state, sum(n) FROM (
    SELECT edition_id, channel, purpose, state, -1 AS n FROM gone UNION ALL SELECT edition_id, channel, purpose, state, 1 FROM came
  ) AS moved GROUP BY edition_id, channel, purpose, state HAVING sum(n) <> 0;
  SELECT array_agg(DISTINCT c.copy_id) INTO ids FROM gone g JOIN came c USING (id)
  WHERE g.state <> c.state AND delivery_standing(g.state) <> delivery_standing(c.state);
  IF ids IS NOT NULL THEN PERFORM settle_copies(ids); END IF;
  RETURN NULL;
END $function$;

CREATE TRIGGER delivery_count_changed AFTER UPDATE ON delivery REFERENCING OLD TABLE AS gone NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION count_changed_deliveries();
