-- Gates and circuits belong to a provider account, of which a channel may have several.
ALTER TABLE "channel_gate" RENAME TO "account_gate";
ALTER TABLE "account_gate" RENAME CONSTRAINT "channel_gate_pkey" TO "account_gate_pkey";
ALTER TABLE "account_gate" RENAME COLUMN "channel" TO "account";
UPDATE "account_gate" SET "account" = CASE "account" WHEN 'email' THEN 'smtp' WHEN 'sms' THEN 'aliyun' ELSE "account" END;
ALTER TABLE "account_gate" ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "trips" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "suspended_until" TIMESTAMPTZ(3);

-- A message that an account may have taken is sent again by no other.
ALTER TABLE "delivery" ADD COLUMN "pinned_account" TEXT;
