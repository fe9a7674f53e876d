-- 每日汇总: what waits for it leaves in one message to one address, under the name of the delivery that leads it.
ALTER TABLE "preference" ADD COLUMN "daily_digest" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "delivery" ADD COLUMN "digest" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "delivery" ADD COLUMN "carried_by" UUID;
-- What waits for a digest to one address
CREATE INDEX "delivery_digest_idx" ON "delivery" ("contact_id") WHERE "digest" AND "state" = 'planned';
-- What travelled with a delivery
CREATE INDEX "delivery_carried_by_idx" ON "delivery" ("carried_by") WHERE "carried_by" IS NOT NULL;
