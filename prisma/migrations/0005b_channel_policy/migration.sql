-- What the office decided for a publication: channels, ladder, quiet time, reminders. Keys that are absent have their defaults.
ALTER TABLE "publication" ADD COLUMN "policy" JSONB NOT NULL DEFAULT '{}';

-- The policy as it was when the edition was planned, and why a 特急 edition may break the quiet time.
ALTER TABLE "edition" ADD COLUMN "policy" JSONB;
ALTER TABLE "edition" ADD COLUMN "urgent_reason" TEXT;

-- When a delivery must not leave, and why it waits if it does.
ALTER TABLE "delivery" ADD COLUMN "step" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "delivery" ADD COLUMN "quiet_hours" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "delivery" ADD COLUMN "working_days_only" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "delivery" ADD COLUMN "deferred" TEXT;
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_quiet_hours_check" CHECK ("quiet_hours" >= 0 AND "quiet_hours" < 16777215);

-- The further rungs of a copy's ladder, with the address frozen when it was planned. A rung that is taken becomes a delivery.
CREATE TABLE "delivery_rung" (
    "copy_id" UUID NOT NULL,
    "step" INTEGER NOT NULL,
    "edition_id" UUID NOT NULL,
    "after_channel" TEXT NOT NULL,
    "after_minutes" INTEGER,
    "channel" TEXT NOT NULL,
    "carry" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "address_masked" TEXT NOT NULL,
    "mail_domain" TEXT,
    "contact_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "quiet_hours" INTEGER NOT NULL DEFAULT 0,
    "working_days_only" BOOLEAN NOT NULL DEFAULT false,
    "taken_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_rung_pkey" PRIMARY KEY ("copy_id","step")
);
ALTER TABLE "delivery_rung" ADD CONSTRAINT "delivery_rung_copy_id_fkey" FOREIGN KEY ("copy_id") REFERENCES "copy"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "delivery_rung" ADD CONSTRAINT "delivery_rung_channel_check" CHECK ("channel" IN ('email', 'sms', 'wecom') AND "after_channel" IN ('email', 'sms', 'wecom'));
-- What may still be taken
CREATE INDEX "delivery_rung_open_idx" ON "delivery_rung" ("edition_id") WHERE "taken_at" IS NULL;
