-- Control of a dispatch: giving up, resending, late copies, withdrawal and correction.

-- What was cancelled while a worker had it in hand is not tried again when the worker brings it back.
ALTER TABLE "delivery" ADD COLUMN "given_up" BOOLEAN NOT NULL DEFAULT false;
-- The account that asked for one more message; null for those the system or the reader asked for.
ALTER TABLE "delivery" ADD COLUMN "asked_by_id" UUID;
ALTER TABLE "delivery" DROP CONSTRAINT "delivery_purpose_check";
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_purpose_check" CHECK ("purpose" IN ('initial', 'reminder', 'resend', 'withdrawal'));

-- 补发: a copy made after the scope was frozen, with when and why.
ALTER TABLE "copy" ADD COLUMN "late_at" TIMESTAMPTZ(3);
ALTER TABLE "copy" ADD COLUMN "late_reason" TEXT;
ALTER TABLE "copy" ADD CONSTRAINT "copy_late_check" CHECK (("late_at" IS NULL) = ("late_reason" IS NULL));

-- 撤回 and 更正: the withdrawn edition stays; once a correction is begun the next edition is the valid one.
ALTER TABLE "edition" ADD COLUMN "withdrawn_by_id" UUID;
ALTER TABLE "edition" ADD COLUMN "withdrawn_reason" TEXT;
ALTER TABLE "edition" ADD COLUMN "corrected_at" TIMESTAMPTZ(3);
ALTER TABLE "edition" ADD CONSTRAINT "edition_corrected_check" CHECK ("corrected_at" IS NULL OR "withdrawn_at" IS NOT NULL);
DROP INDEX "edition_one_valid_key";
CREATE UNIQUE INDEX "edition_one_valid_key" ON "edition" ("issue_id") WHERE "voided_at" IS NULL AND "corrected_at" IS NULL;
ALTER TABLE "issue" ADD COLUMN "correction" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "issue" ADD COLUMN "correction_note" TEXT;
ALTER TABLE "issue" ADD CONSTRAINT "issue_correction_check" CHECK (("correction" = 0) = ("correction_note" IS NULL));
