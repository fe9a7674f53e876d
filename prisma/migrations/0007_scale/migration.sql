-- Large dispatches: the people of an edition row by row, and counts that are kept instead of taken.

-- Who gets an edition, frozen at sign-off, in protocol order. Apart from the edition's row, so that no page reads 100,000 people
-- to show a title.
CREATE TABLE "edition_entry" (
    "edition_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "entry" JSONB NOT NULL,

    CONSTRAINT "edition_entry_pkey" PRIMARY KEY ("edition_id", "position")
);
ALTER TABLE "edition_entry" ADD CONSTRAINT "edition_entry_edition_id_fkey" FOREIGN KEY ("edition_id") REFERENCES "edition"("id") ON DELETE CASCADE ON UPDATE CASCADE;
INSERT INTO "edition_entry" ("edition_id", "position", "entry")
SELECT e."id", x."position", x."entry" FROM "edition" e, jsonb_array_elements(e."scope" -> 'entries') WITH ORDINALITY AS x("entry", "position");
UPDATE "edition" SET "scope" = "scope" - 'entries';

-- What the board says of a copy follows from its deliveries; the triggers below keep it.
ALTER TABLE "copy" ADD COLUMN "delivered_at" TIMESTAMPTZ(3);
ALTER TABLE "copy" ADD COLUMN "no_channel_left" BOOLEAN NOT NULL DEFAULT true;

-- Counts as a ledger: every statement that moves rows adds the differences it made, in its own transaction, and the sum of an
-- edition's lines is the count. No line is ever locked by two writers, so workers neither wait for each other nor deadlock over
-- a count; a crash takes difference and change back together. Old lines are folded into one from time to time.
CREATE TABLE "delivery_count" (
    "id" BIGSERIAL NOT NULL,
    "edition_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "folded" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "delivery_count_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "copy_count" (
    "id" BIGSERIAL NOT NULL,
    "edition_id" UUID NOT NULL,
    "unit_kind" TEXT NOT NULL,
    "groups" TEXT[],
    "first_order" INTEGER NOT NULL,
    "copies" INTEGER NOT NULL,
    "delivered" INTEGER NOT NULL,
    "opened" INTEGER NOT NULL,
    "opened_only" INTEGER NOT NULL,
    "acknowledged" INTEGER NOT NULL,
    "on_behalf" INTEGER NOT NULL,
    "unreached" INTEGER NOT NULL,
    "late" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "folded" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "copy_count_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "delivery_count_edition_id_idx" ON "delivery_count"("edition_id");
CREATE INDEX "copy_count_edition_id_idx" ON "copy_count"("edition_id");
CREATE INDEX "delivery_count_unfolded_idx" ON "delivery_count"("edition_id") WHERE NOT "folded";
CREATE INDEX "copy_count_unfolded_idx" ON "copy_count"("edition_id") WHERE NOT "folded";

-- The board pages by copy number, each filter along its own index; counts of states need no index any more.
CREATE INDEX "copy_unacknowledged_idx" ON "copy" ("edition_id", "copy_number") WHERE "reading" <> 'acknowledged';
CREATE INDEX "copy_opened_idx" ON "copy" ("edition_id", "copy_number") WHERE "reading" = 'opened';
CREATE INDEX "copy_acknowledged_idx" ON "copy" ("edition_id", "copy_number") WHERE "reading" = 'acknowledged';
CREATE INDEX "copy_unreached_idx" ON "copy" ("edition_id", "copy_number") WHERE "no_channel_left" AND "reading" = 'unread';
DROP INDEX "copy_edition_id_reading_idx";
DROP INDEX "delivery_edition_id_channel_state_idx";
DROP INDEX "delivery_held_idx";
CREATE INDEX "delivery_trouble_idx" ON "delivery" ("edition_id", "state") WHERE "state" IN ('failed', 'held');
CREATE INDEX "delivery_planned_idx" ON "delivery" ("edition_id") WHERE "state" = 'planned';

-- Locks first and looks afterwards: of two transactions that each end one of a copy's two last hopes, the second sees both.
CREATE FUNCTION settle_copies(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM copy WHERE id = ANY(ids) ORDER BY id FOR UPDATE;
  UPDATE copy c SET delivered_at = r.delivered_at, no_channel_left = r.gone
  FROM (
    SELECT x.copy_id, min(COALESCE(x.delivered_at, x.sent_at, x.created_at)) FILTER (WHERE x.state = 'delivered') AS delivered_at,
           bool_and(x.state IN ('failed', 'cancelled')) AS gone
    FROM delivery x WHERE x.copy_id = ANY(ids) GROUP BY x.copy_id
  ) r
  WHERE c.id = r.copy_id AND (c.delivered_at IS DISTINCT FROM r.delivered_at OR c.no_channel_left <> r.gone);
END $$;

CREATE FUNCTION delivery_standing(state text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN state IN ('failed', 'cancelled') THEN 'gone' WHEN state = 'delivered' THEN 'delivered' ELSE 'open' END
$$;

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
CREATE TRIGGER "delivery_count_added" AFTER INSERT ON "delivery" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE PROCEDURE count_added_deliveries();
CREATE TRIGGER "delivery_count_changed" AFTER UPDATE ON "delivery" REFERENCING OLD TABLE AS gone NEW TABLE AS came FOR EACH STATEMENT EXECUTE PROCEDURE count_changed_deliveries();
CREATE TRIGGER "delivery_count_removed" AFTER DELETE ON "delivery" REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE PROCEDURE count_removed_deliveries();

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
CREATE TRIGGER "copy_count_added" AFTER INSERT ON "copy" REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE PROCEDURE count_added_copies();
CREATE TRIGGER "copy_count_changed" AFTER UPDATE ON "copy" REFERENCING OLD TABLE AS gone NEW TABLE AS came FOR EACH STATEMENT EXECUTE PROCEDURE count_changed_copies();
CREATE TRIGGER "copy_count_removed" AFTER DELETE ON "copy" REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE PROCEDURE count_removed_copies();

-- The same counts taken by looking at every row: what exists already, and what a check or a rebuild compares with.
CREATE VIEW "delivery_recount" AS
SELECT edition_id, channel, purpose, state, count(*)::int AS n FROM delivery GROUP BY edition_id, channel, purpose, state;
CREATE VIEW "copy_recount" AS
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
  FROM delivery x WHERE x.copy_id = c.id
) d
GROUP BY c.edition_id, c.unit_kind, c.groups;

INSERT INTO delivery_count (edition_id, channel, purpose, state, n, folded) SELECT *, true FROM delivery_recount;
DO $$
BEGIN
  ALTER TABLE copy DISABLE TRIGGER "copy_count_changed";
  UPDATE copy c SET no_channel_left = false
  WHERE EXISTS (SELECT 1 FROM delivery x WHERE x.copy_id = c.id AND x.state NOT IN ('failed', 'cancelled'));
  UPDATE copy c SET delivered_at = d.at FROM (
    SELECT copy_id, min(COALESCE(delivered_at, sent_at, created_at)) AS at FROM delivery WHERE state = 'delivered' GROUP BY copy_id
  ) d WHERE d.copy_id = c.id;
  ALTER TABLE copy ENABLE TRIGGER "copy_count_changed";
END $$;
INSERT INTO copy_count (edition_id, unit_kind, groups, first_order, copies, delivered, opened, opened_only, acknowledged, on_behalf, unreached, late, folded)
SELECT *, true FROM copy_recount;
