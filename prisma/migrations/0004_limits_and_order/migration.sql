-- Where a delivery goes, for limits that providers set on one mail domain, number or member.
ALTER TABLE "delivery" ADD COLUMN "destination" TEXT;
UPDATE "delivery" d SET "destination" = COALESCE(d."mail_domain", k."lookup_hash")
FROM "contact" k WHERE k."id" = d."contact_id" AND d."state" IN ('planned', 'sending', 'held', 'failed');

-- Token buckets that all workers share.
CREATE TABLE "rate_bucket" (
    "key" TEXT NOT NULL,
    "full_at" TIMESTAMPTZ(3)[],
    "idle_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_bucket_pkey" PRIMARY KEY ("key")
);

-- What was rung on a day in Beijing: as long as that is not more than the cap, nobody can be above it.
CREATE TABLE "notice_day" (
    "day" DATE NOT NULL,
    "edition_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "round" INTEGER NOT NULL,

    CONSTRAINT "notice_day_pkey" PRIMARY KEY ("day", "edition_id", "purpose", "round")
);

-- Due work in lanes, one for each urgency and issue, so that a large issue does not stand in front of a small one.
CREATE INDEX "delivery_lane_idx" ON "delivery" ("channel", "priority", "edition_id", "next_attempt_at", "position") WHERE "state" = 'planned';
DROP INDEX "delivery_due_idx";
