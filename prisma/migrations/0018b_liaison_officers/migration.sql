-- Liaison officers that a list named in words become appointments, as those entered on the pages are.

-- Who serves a leader serves his post; who is named by all other posts of a unit serves the unit. One person for each name in a unit.
CREATE TEMPORARY TABLE named_officer AS
SELECT p.id AS post_id, p.unit_id, btrim(p.liaison) AS name, COALESCE(p.opened_on, '1949-10-01'::date) AS starts_on,
       md5(p.unit_id::text || ' ' || btrim(p.liaison))::uuid AS person_id,
       p.kind <> 'leader' AND NOT EXISTS (
         SELECT 1 FROM post o WHERE o.unit_id = p.unit_id AND o.kind <> 'leader' AND o.closed_on IS NULL
           AND btrim(COALESCE(o.liaison, '')) <> btrim(p.liaison)) AS of_unit
FROM post p
WHERE btrim(COALESCE(p.liaison, '')) <> '' AND p.closed_on IS NULL
  AND NOT EXISTS (SELECT 1 FROM liaison l WHERE (l.post_id = p.id OR l.unit_id = p.unit_id)
                  AND (l.ends_on IS NULL OR l.ends_on > CURRENT_DATE));

INSERT INTO person (id, name) SELECT DISTINCT person_id, name FROM named_officer;
INSERT INTO liaison (unit_id, person_id, starts_on)
SELECT unit_id, person_id, min(starts_on) FROM named_officer WHERE of_unit GROUP BY unit_id, person_id;
INSERT INTO liaison (post_id, person_id, starts_on) SELECT post_id, person_id, starts_on FROM named_officer WHERE NOT of_unit;
DROP TABLE named_officer;

-- The last import can still be undone. The columns are those of import-trail.repository.ts, in its order.
UPDATE list_import_change c SET after_hash =
  md5(ROW(t."unit_id", t."title", t."seat", t."kind", t."protocol_order", t."level", t."tags", t."opened_on", t."closed_on", t."version")::text)
FROM post t
WHERE c.relation = 'post' AND t.id = c.key::uuid AND t.liaison IS NULL AND c.after_hash =
  md5(ROW(t."unit_id", t."title", t."seat", t."kind", t."protocol_order", t."liaison", t."level", t."tags", t."opened_on", t."closed_on", t."version")::text);

-- AlterTable
ALTER TABLE "post" DROP COLUMN "liaison";
