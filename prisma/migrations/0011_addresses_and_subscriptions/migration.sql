-- Proof that an address is somebody's own, requests to put stored details right, and voluntary subscriptions with their copies.

-- AlterTable
ALTER TABLE "copy" ADD COLUMN     "subscription_id" UUID,
ALTER COLUMN "post_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "contact" ADD COLUMN "first_sent_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "publication" ADD COLUMN     "subscribable" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "address_proof" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "contact_id" UUID,
    "subscription_id" UUID,
    "channel" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "lookup_hash" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "sending" TEXT NOT NULL DEFAULT 'planned',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,

    CONSTRAINT "address_proof_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "amendment_request" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "answered_by" TEXT,
    "answer" TEXT,

    CONSTRAINT "amendment_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscription" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "publication_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "affiliation" TEXT NOT NULL,
    "sections" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "channel" TEXT NOT NULL,
    "sealed" TEXT,
    "lookup_hash" TEXT,
    "masked" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'requested',
    "ref_hash" TEXT NOT NULL,
    "end_token_hash" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "reason" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "ended_via" TEXT,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sms_reply" (
    "provider" TEXT NOT NULL,
    "sequence_id" TEXT NOT NULL,
    "lookup_hash" TEXT NOT NULL,
    "keyword" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "ended" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "sms_reply_pkey" PRIMARY KEY ("provider","sequence_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "address_proof_token_hash_key" ON "address_proof"("token_hash");

-- CreateIndex
CREATE INDEX "address_proof_lookup_hash_created_at_idx" ON "address_proof"("lookup_hash", "created_at");

-- CreateIndex
CREATE INDEX "address_proof_asked_by_created_at_idx" ON "address_proof"("asked_by", "created_at");

-- CreateIndex
CREATE INDEX "address_proof_contact_id_idx" ON "address_proof"("contact_id");

-- CreateIndex
CREATE INDEX "address_proof_subscription_id_idx" ON "address_proof"("subscription_id");

-- CreateIndex
CREATE INDEX "amendment_request_person_id_idx" ON "amendment_request"("person_id");

-- CreateIndex
CREATE INDEX "amendment_request_state_created_at_idx" ON "amendment_request"("state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "subscription_ref_hash_key" ON "subscription"("ref_hash");

-- CreateIndex
CREATE UNIQUE INDEX "subscription_end_token_hash_key" ON "subscription"("end_token_hash");

-- CreateIndex
CREATE INDEX "subscription_state_requested_at_idx" ON "subscription"("state", "requested_at");

-- CreateIndex
CREATE INDEX "subscription_lookup_hash_idx" ON "subscription"("lookup_hash");

-- CreateIndex
-- AddForeignKey
ALTER TABLE "address_proof" ADD CONSTRAINT "address_proof_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "address_proof" ADD CONSTRAINT "address_proof_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "amendment_request" ADD CONSTRAINT "amendment_request_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "copy" ADD CONSTRAINT "copy_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Closed lists of words
ALTER TABLE "address_proof" ADD CONSTRAINT "address_proof_channel_check" CHECK ("channel" IN ('email', 'sms', 'wecom'));
ALTER TABLE "address_proof" ADD CONSTRAINT "address_proof_sending_check" CHECK ("sending" IN ('planned', 'sent', 'failed'));
ALTER TABLE "amendment_request" ADD CONSTRAINT "amendment_request_state_check" CHECK ("state" IN ('open', 'done', 'declined'));
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_channel_check" CHECK ("channel" IN ('email', 'sms'));
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_state_check" CHECK ("state" IN ('requested', 'confirmed', 'active', 'rejected', 'ended', 'expired'));
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_ended_via_check" CHECK ("ended_via" IN ('page', 'oneClick', 'smsReply', 'office', 'replaced'));

-- Rules about one row
ALTER TABLE "address_proof" ADD CONSTRAINT "address_proof_subject_check" CHECK (("contact_id" IS NULL) <> ("subscription_id" IS NULL));
ALTER TABLE "amendment_request" ADD CONSTRAINT "amendment_request_answered_check" CHECK (("state" = 'open') = ("answered_at" IS NULL));
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_address_check" CHECK (("sealed" IS NULL) = ("lookup_hash" IS NULL) AND ("sealed" IS NOT NULL OR "state" NOT IN ('requested', 'confirmed', 'active')));
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_confirmed_check" CHECK ("confirmed_at" IS NOT NULL OR "state" IN ('requested', 'expired'));
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_ended_check" CHECK (("state" = 'ended') = ("ended_at" IS NOT NULL));
-- A copy goes to a post or to a subscriber, never to both.
ALTER TABLE "copy" ADD CONSTRAINT "copy_addressee_check" CHECK (("post_id" IS NULL) <> ("subscription_id" IS NULL));

-- One living subscription for an address and publication
CREATE UNIQUE INDEX "subscription_active_key" ON "subscription" ("publication_id", "channel", "lookup_hash") WHERE "state" = 'active';

-- Due work
CREATE INDEX "address_proof_due_idx" ON "address_proof" ("next_attempt_at") WHERE "sending" = 'planned';
