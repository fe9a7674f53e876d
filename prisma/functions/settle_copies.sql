-- Written by `npm run migrate:check -- --write` from the migrated database. To change it, write a migration.

CREATE OR REPLACE FUNCTION public.settle_copies(ids uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM 1 FROM copy WHERE id = ANY(ids) ORDER BY id FOR UPDATE;
  UPDATE copy c SET delivered_at = r.delivered_at, no_channel_left = r.gone
  FROM (
    SELECT x.copy_id,
           min(COALESCE(x.delivered_at, x.sent_at, x.created_at)) FILTER (WHERE x.state = 'delivered' AND x.purpose <> 'withdrawal') AS delivered_at,
           COALESCE(bool_and(x.state IN ('failed', 'cancelled')) FILTER (WHERE x.purpose <> 'withdrawal'), true) AS gone
    FROM delivery x WHERE x.copy_id = ANY(ids) GROUP BY x.copy_id
  ) r
  WHERE c.id = r.copy_id AND (c.delivered_at IS DISTINCT FROM r.delivered_at OR c.no_channel_left <> r.gone);
END $function$;
