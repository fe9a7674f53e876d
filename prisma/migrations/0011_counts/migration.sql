-- Counts that are kept instead of taken: board and progress never look at every copy.
--
-- A ledger: every statement that moves rows adds the differences it made, in its own transaction, and the sum of an edition's
-- lines is the count. No line is ever locked by two writers, so workers neither wait for each other nor deadlock over a count; a
-- crash takes difference and change back together. Old lines are folded into one from time to time.

CREATE TABLE delivery_count (
  id bigserial NOT NULL,
  edition_id uuid NOT NULL,
  channel text NOT NULL,
  purpose text NOT NULL,
  state text NOT NULL,
  n integer NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  folded boolean NOT NULL DEFAULT false,

  CONSTRAINT delivery_count_pkey PRIMARY KEY (id)
);
CREATE INDEX delivery_count_edition_id_idx ON delivery_count (edition_id);
CREATE INDEX delivery_count_unfolded_idx ON delivery_count (edition_id) WHERE NOT folded;

CREATE TABLE copy_count (
  id bigserial NOT NULL,
  edition_id uuid NOT NULL,
  unit_kind text NOT NULL,
  groups text[],
  first_order integer NOT NULL,
  copies integer NOT NULL,
  delivered integer NOT NULL,
  opened integer NOT NULL,
  opened_only integer NOT NULL,
  acknowledged integer NOT NULL,
  on_behalf integer NOT NULL,
  unreached integer NOT NULL,
  late integer NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  folded boolean NOT NULL DEFAULT false,

  CONSTRAINT copy_count_pkey PRIMARY KEY (id)
);
CREATE INDEX copy_count_edition_id_idx ON copy_count (edition_id);
CREATE INDEX copy_count_unfolded_idx ON copy_count (edition_id) WHERE NOT folded;

-- What a delivery's state means for its copy.
CREATE FUNCTION delivery_standing(state text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN state IN ('failed', 'cancelled') THEN 'gone' WHEN state = 'delivered' THEN 'delivered' ELSE 'open' END
$$;

-- Locks first and looks afterwards: of two transactions that each end one of a copy's two last hopes, the second sees both.
-- A withdrawal notice that arrived is no delivery of the issue, and one that may still arrive is no channel left to it.
CREATE FUNCTION settle_copies(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
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

CREATE FUNCTION count_added_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ids uuid[];
BEGIN
  INSERT INTO delivery_count (edition_id, channel, purpose, state, n)
  SELECT edition_id, channel, purpose, state, count(*) FROM added GROUP BY edition_id, channel, purpose, state;
  SELECT array_agg(DISTINCT a.copy_id) INTO ids FROM added a JOIN copy c ON c.id = a.copy_id
  WHERE c.no_channel_left AND delivery_standing(a.state) <> 'gone' OR a.state = 'delivered';
  IF ids IS NOT NULL THEN PERFORM settle_copies(ids); END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION count_changed_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$;

CREATE FUNCTION count_removed_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO delivery_count (edition_id, channel, purpose, state, n)
  SELECT edition_id, channel, purpose, state, -count(*) FROM gone GROUP BY edition_id, channel, purpose, state;
  RETURN NULL;
END $$;
CREATE TRIGGER delivery_count_added AFTER INSERT ON delivery REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION count_added_deliveries();
CREATE TRIGGER delivery_count_changed AFTER UPDATE ON delivery REFERENCING OLD TABLE AS gone NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_deliveries();
CREATE TRIGGER delivery_count_removed AFTER DELETE ON delivery REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION count_removed_deliveries();

CREATE FUNCTION count_added_copies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO copy_count (edition_id, unit_kind, groups, first_order, copies, delivered, opened, opened_only, acknowledged, on_behalf, unreached, late)
  SELECT edition_id, unit_kind, groups, min(protocol_order), count(*), count(delivered_at), count(opened_at), count(*) FILTER (WHERE reading = 'opened'),
         count(*) FILTER (WHERE reading = 'acknowledged'), count(*) FILTER (WHERE reading = 'acknowledged' AND on_behalf_by IS NOT NULL),
         count(*) FILTER (WHERE reading = 'unread' AND no_channel_left), count(late_at)
  FROM added GROUP BY edition_id, unit_kind, groups;
  RETURN NULL;
END $$;

CREATE FUNCTION count_changed_copies() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$;

CREATE FUNCTION count_removed_copies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO copy_count (edition_id, unit_kind, groups, first_order, copies, delivered, opened, opened_only, acknowledged, on_behalf, unreached, late)
  SELECT edition_id, unit_kind, groups, min(protocol_order), -count(*), -count(delivered_at), -count(opened_at), -count(*) FILTER (WHERE reading = 'opened'),
         -count(*) FILTER (WHERE reading = 'acknowledged'), -count(*) FILTER (WHERE reading = 'acknowledged' AND on_behalf_by IS NOT NULL),
         -count(*) FILTER (WHERE reading = 'unread' AND no_channel_left), -count(late_at)
  FROM gone GROUP BY edition_id, unit_kind, groups;
  RETURN NULL;
END $$;
CREATE TRIGGER copy_count_added AFTER INSERT ON copy REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION count_added_copies();
CREATE TRIGGER copy_count_changed AFTER UPDATE ON copy REFERENCING OLD TABLE AS gone NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_copies();
CREATE TRIGGER copy_count_removed AFTER DELETE ON copy REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION count_removed_copies();

-- The same counts taken by looking at every row: what a check or a rebuild compares with.
CREATE VIEW delivery_recount AS
SELECT edition_id, channel, purpose, state, count(*)::int AS n FROM delivery GROUP BY edition_id, channel, purpose, state;

CREATE VIEW copy_recount AS
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
