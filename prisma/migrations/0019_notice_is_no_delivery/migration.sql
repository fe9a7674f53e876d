-- A withdrawal notice that arrived is no delivery of the issue, and one that may still arrive is no channel left to it.

CREATE OR REPLACE FUNCTION settle_copies(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
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
END $$;

CREATE OR REPLACE VIEW "copy_recount" AS
SELECT c.edition_id, c.unit_kind, c.groups, min(c.protocol_order) AS first_order, count(*)::int AS copies,
       count(d.delivered_at)::int AS delivered, count(c.opened_at)::int AS opened,
       count(*) FILTER (WHERE c.reading = 'opened')::int AS opened_only,
       count(*) FILTER (WHERE c.reading = 'acknowledged')::int AS acknowledged,
       count(*) FILTER (WHERE c.reading = 'acknowledged' AND c.on_behalf_by IS NOT NULL)::int AS on_behalf,
       count(*) FILTER (WHERE c.reading = 'unread' AND d.gone)::int AS unreached,
       count(c.late_at)::int AS late
FROM copy c
CROSS JOIN LATERAL (
  SELECT min(COALESCE(x.delivered_at, x.sent_at, x.created_at)) FILTER (WHERE x.state = 'delivered') AS delivered_at,
         COALESCE(bool_and(x.state IN ('failed', 'cancelled')), true) AS gone
  FROM delivery x WHERE x.copy_id = c.id AND x.purpose <> 'withdrawal'
) d
GROUP BY c.edition_id, c.unit_kind, c.groups;

-- What is wrong so far; the trigger on `copy` corrects the ledger with it.
SELECT settle_copies(ARRAY(SELECT DISTINCT copy_id FROM delivery WHERE purpose = 'withdrawal'));
