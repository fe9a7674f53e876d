-- Written by `npm run migrate:check -- --write` from the migrated database. To change it, write a migration.

CREATE OR REPLACE FUNCTION public.count_changed_copies()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO copy_count (edition_id, unit_kind, groups, first_order, copies, delivered, opened, opened_only, acknowledged, on_behalf, unreached, late)
  SELECT * FROM (
    SELECT edition_id, unit_kind, groups, min(protocol_order) AS first_order, sum(n) AS copies,
           COALESCE(sum(n) FILTER (WHERE delivered_at IS NOT NULL), 0) AS delivered,
           COALESCE(sum(n) FILTER (WHERE opened_at IS NOT NULL), 0) AS opened,
           COALESCE(sum(n) FILTER (WHERE reading = 'opened'), 0) AS opened_only,
           COALESCE(sum(n) FILTER (WHERE reading = 'acknowledged'), 0) AS acknowledged,
           COALESCE(sum(n) FILTER (WHERE reading = 'acknowledged' AND on_behalf_by IS NOT NULL), 0) AS on_behalf,
           COALESCE(sum(n) FILTER (WHERE reading = 'unread' AND no_channel_left), 0) AS unreached,
           COALESCE(sum(n) FILTER (WHERE late_at IS NOT NULL), 0) AS late
    FROM (SELECT *, -1 AS n FROM gone UNION ALL SELECT *, 1 AS n FROM came) AS moved GROUP BY edition_id, unit_kind, groups
  ) AS sums
  WHERE (copies, delivered, opened, opened_only, acknowledged, on_behalf, unreached, late) <> (0, 0, 0, 0, 0, 0, 0, 0);
  RETURN NULL;
END $function$;

CREATE TRIGGER copy_count_changed AFTER UPDATE ON copy REFERENCING OLD TABLE AS gone NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION count_changed_copies();
