-- Written by `npm run migrate:check -- --write` from the migrated database. To change it, write a migration.

CREATE OR REPLACE FUNCTION public.count_added_copies()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO copy_count (edition_id, unit_kind, groups, first_order, copies, delivered, opened, opened_only, acknowledged, on_behalf, unreached, late)
  SELECT edition_id, unit_kind, groups, min(protocol_order), count(*), count(delivered_at), count(opened_at), count(*) FILTER (WHERE reading = 'opened'),
         count(*) FILTER (WHERE reading = 'acknowledged'), count(*) FILTER (WHERE reading = 'acknowledged' AND on_behalf_by IS NOT NULL),
         count(*) FILTER (WHERE reading = 'unread' AND no_channel_left), count(late_at)
  FROM added GROUP BY edition_id, unit_kind, groups;
  RETURN NULL;
END $function$;

CREATE TRIGGER copy_count_added AFTER INSERT ON copy REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_added_copies();
