-- A lowered level of secrecy takes effect when the approver has agreed at sign-off; until then the stricter one holds.

-- AlterTable
ALTER TABLE "issue" ADD COLUMN "lowered_to" TEXT;

-- AlterTable
ALTER TABLE "edition" ADD COLUMN "lowered_for" TEXT,
ADD COLUMN "lowered_from" TEXT;

-- Which level the paper had before is not known: the next stricter one.
UPDATE "issue" SET "lowered_to" = "level", "level" = CASE "level" WHEN 'public' THEN 'internal' ELSE 'workSecret' END
WHERE "level_reason" IS NOT NULL;

UPDATE "edition" e SET "lowered_from" = i."level", "lowered_for" = i."level_reason"
FROM "issue" i WHERE i."id" = e."issue_id" AND i."lowered_to" = e."level";
