-- The first schema. Tables as Prisma's engine writes them; below them, what Prisma's language cannot say:
-- closed lists of words (CHECK), rules about rows (CHECK, partial unique indexes) and indexes of due work.

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "login" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "roles" TEXT[],
    "password_hash" TEXT,
    "failed_sign_ins" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "token_hash" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "one_time_link" (
    "token_hash" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "copy" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "edition_id" UUID NOT NULL,
    "copy_number" INTEGER NOT NULL,
    "post_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "person_name" TEXT NOT NULL,
    "post_title" TEXT NOT NULL,
    "unit_name" TEXT NOT NULL,
    "unit_kind" TEXT NOT NULL,
    "protocol_order" INTEGER NOT NULL,
    "acting" BOOLEAN NOT NULL DEFAULT false,
    "liaison" TEXT,
    "groups" TEXT[],
    "unreachable" TEXT,
    "link_nonce" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "link_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "link_revoked_at" TIMESTAMPTZ(3),
    "reading" TEXT NOT NULL DEFAULT 'unread',
    "opened_at" TIMESTAMPTZ(3),
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_via" TEXT,
    "on_behalf_by" TEXT,

    CONSTRAINT "copy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "copy_id" UUID NOT NULL,
    "edition_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "carry" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "address_masked" TEXT NOT NULL,
    "mail_domain" TEXT,
    "contact_id" UUID NOT NULL,
    "priority" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "attempt_no" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "doubt_since" TIMESTAMPTZ(3),
    "reference" TEXT,
    "code" TEXT,
    "reason" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "delivery_id" UUID NOT NULL,
    "attempt_no" INTEGER NOT NULL,
    "provider" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "class" TEXT,
    "code" TEXT,
    "reason" TEXT,
    "reference" TEXT,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("delivery_id","attempt_no")
);

-- CreateTable
CREATE TABLE "delivery_report" (
    "id" BIGSERIAL NOT NULL,
    "provider" TEXT NOT NULL,
    "delivery_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "applied_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel_gate" (
    "channel" TEXT NOT NULL,
    "closed_until" TIMESTAMPTZ(3),
    "circuit_open" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_gate_pkey" PRIMARY KEY ("channel")
);

-- CreateTable
CREATE TABLE "reading_evidence" (
    "id" BIGSERIAL NOT NULL,
    "copy_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "via" TEXT NOT NULL,
    "by" TEXT,
    "note" TEXT,

    CONSTRAINT "reading_evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recipient_group" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "sort_order" INTEGER NOT NULL,

    CONSTRAINT "recipient_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_member" (
    "group_id" UUID NOT NULL,
    "post_id" UUID NOT NULL,

    CONSTRAINT "group_member_pkey" PRIMARY KEY ("group_id","post_id")
);

-- CreateTable
CREATE TABLE "group_alias" (
    "alias" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "group_id" UUID NOT NULL,

    CONSTRAINT "group_alias_pkey" PRIMARY KEY ("alias")
);

-- CreateTable
CREATE TABLE "publication" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "default_level" TEXT NOT NULL DEFAULT 'internal',
    "asks_acknowledgement" BOOLEAN NOT NULL DEFAULT true,
    "max_reminders" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "publication_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issue" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "publication_id" UUID NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'regular',
    "year" INTEGER NOT NULL,
    "proposed_number" INTEGER,
    "number" INTEGER,
    "serial_number" INTEGER,
    "issued_on" DATE,
    "issuer" TEXT,
    "state" TEXT NOT NULL DEFAULT 'drafting',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "level" TEXT NOT NULL,
    "level_reason" TEXT,
    "urgency" TEXT NOT NULL DEFAULT 'normal',
    "scope" TEXT[],
    "scope_label" TEXT,
    "editor_name" TEXT,
    "reviewer_name" TEXT,
    "approver_name" TEXT,
    "source_name" TEXT NOT NULL,
    "source_hash" TEXT NOT NULL,
    "source_text" TEXT NOT NULL,
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "editor_id" UUID,
    "reviewer_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "issue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "section" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "issue_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT,

    CONSTRAINT "section_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "section_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "headline" TEXT,
    "body" TEXT NOT NULL,
    "unit_name" TEXT,
    "author" TEXT,

    CONSTRAINT "item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "edition" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "issue_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "scope" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "urgency" TEXT NOT NULL,
    "signed_by_id" UUID NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "send_at" TIMESTAMPTZ(3) NOT NULL,
    "planned_at" TIMESTAMPTZ(3),
    "paused_at" TIMESTAMPTZ(3),
    "voided_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "edition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rendition" (
    "edition_id" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "template" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rendition_pkey" PRIMARY KEY ("edition_id","format")
);

-- CreateTable
CREATE TABLE "unit" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "sort_order" INTEGER NOT NULL,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "unit_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "seat" INTEGER NOT NULL DEFAULT 1,
    "protocol_order" INTEGER NOT NULL,
    "liaison" TEXT,
    "closed_on" DATE,

    CONSTRAINT "post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenure" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "post_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "acting" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "tenure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "lookup_hash" TEXT NOT NULL,
    "mail_domain" TEXT,
    "masked" TEXT NOT NULL,
    "bad_since" TIMESTAMPTZ(3),
    "bad_reason" TEXT,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_login_key" ON "account"("login");

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE INDEX "one_time_link_account_id_idx" ON "one_time_link"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entry_hash_key" ON "audit_entry"("hash");

-- CreateIndex
CREATE INDEX "audit_entry_subject_idx" ON "audit_entry"("subject");

-- CreateIndex
CREATE UNIQUE INDEX "copy_token_hash_key" ON "copy"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "copy_code_hash_key" ON "copy"("code_hash");

-- CreateIndex
CREATE INDEX "copy_edition_id_reading_idx" ON "copy"("edition_id", "reading");

-- CreateIndex
CREATE UNIQUE INDEX "copy_edition_id_person_id_key" ON "copy"("edition_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "copy_edition_id_copy_number_key" ON "copy"("edition_id", "copy_number");

-- CreateIndex
CREATE INDEX "delivery_edition_id_channel_state_idx" ON "delivery"("edition_id", "channel", "state");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_copy_id_channel_purpose_round_key" ON "delivery"("copy_id", "channel", "purpose", "round");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_report_provider_delivery_id_status_code_reported_a_key" ON "delivery_report"("provider", "delivery_id", "status", "code", "reported_at");

-- CreateIndex
CREATE INDEX "reading_evidence_copy_id_at_idx" ON "reading_evidence"("copy_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "recipient_group_name_key" ON "recipient_group"("name");

-- CreateIndex
CREATE INDEX "group_member_post_id_idx" ON "group_member"("post_id");

-- CreateIndex
CREATE INDEX "group_alias_group_id_idx" ON "group_alias"("group_id");

-- CreateIndex
CREATE UNIQUE INDEX "publication_name_key" ON "publication"("name");

-- CreateIndex
CREATE INDEX "issue_publication_id_created_at_idx" ON "issue"("publication_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "issue_publication_id_year_kind_number_key" ON "issue"("publication_id", "year", "kind", "number");

-- CreateIndex
CREATE UNIQUE INDEX "section_issue_id_position_key" ON "section"("issue_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "item_section_id_position_key" ON "item"("section_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "edition_issue_id_version_key" ON "edition"("issue_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "unit_name_key" ON "unit"("name");

-- CreateIndex
CREATE INDEX "post_protocol_order_idx" ON "post"("protocol_order");

-- CreateIndex
CREATE UNIQUE INDEX "post_unit_id_title_seat_key" ON "post"("unit_id", "title", "seat");

-- CreateIndex
CREATE INDEX "tenure_person_id_idx" ON "tenure"("person_id");

-- CreateIndex
CREATE INDEX "tenure_post_id_starts_on_idx" ON "tenure"("post_id", "starts_on");

-- CreateIndex
CREATE UNIQUE INDEX "contact_person_id_kind_key" ON "contact"("person_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "contact_kind_lookup_hash_key" ON "contact"("kind", "lookup_hash");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "one_time_link" ADD CONSTRAINT "one_time_link_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "copy" ADD CONSTRAINT "copy_edition_id_fkey" FOREIGN KEY ("edition_id") REFERENCES "edition"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "copy" ADD CONSTRAINT "copy_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "copy" ADD CONSTRAINT "copy_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_copy_id_fkey" FOREIGN KEY ("copy_id") REFERENCES "copy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reading_evidence" ADD CONSTRAINT "reading_evidence_copy_id_fkey" FOREIGN KEY ("copy_id") REFERENCES "copy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "recipient_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_alias" ADD CONSTRAINT "group_alias_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "recipient_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue" ADD CONSTRAINT "issue_publication_id_fkey" FOREIGN KEY ("publication_id") REFERENCES "publication"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "section" ADD CONSTRAINT "section_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item" ADD CONSTRAINT "item_section_id_fkey" FOREIGN KEY ("section_id") REFERENCES "section"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edition" ADD CONSTRAINT "edition_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rendition" ADD CONSTRAINT "rendition_edition_id_fkey" FOREIGN KEY ("edition_id") REFERENCES "edition"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post" ADD CONSTRAINT "post_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tenure" ADD CONSTRAINT "tenure_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tenure" ADD CONSTRAINT "tenure_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Closed lists
ALTER TABLE "post" ADD CONSTRAINT "post_kind_check" CHECK ("kind" IN ('leader', 'unit', 'township'));
ALTER TABLE "contact" ADD CONSTRAINT "contact_kind_check" CHECK ("kind" IN ('email', 'sms', 'wecom'));
ALTER TABLE "publication" ADD CONSTRAINT "publication_level_check" CHECK ("default_level" IN ('public', 'internal', 'workSecret'));
ALTER TABLE "issue" ADD CONSTRAINT "issue_kind_check" CHECK ("kind" IN ('regular', 'supplement'));
ALTER TABLE "issue" ADD CONSTRAINT "issue_state_check" CHECK ("state" IN ('drafting', 'reviewing', 'awaitingSignOff', 'signedOff', 'dispatched', 'archived', 'withdrawn'));
-- 秘密 and above are not in the list: such an issue cannot be stored.
ALTER TABLE "issue" ADD CONSTRAINT "issue_level_check" CHECK ("level" IN ('public', 'internal', 'workSecret'));
ALTER TABLE "issue" ADD CONSTRAINT "issue_urgency_check" CHECK ("urgency" IN ('normal', 'urgent', 'extraUrgent'));
ALTER TABLE "edition" ADD CONSTRAINT "edition_level_check" CHECK ("level" IN ('public', 'internal', 'workSecret'));
ALTER TABLE "edition" ADD CONSTRAINT "edition_urgency_check" CHECK ("urgency" IN ('normal', 'urgent', 'extraUrgent'));
ALTER TABLE "copy" ADD CONSTRAINT "copy_reading_check" CHECK ("reading" IN ('unread', 'opened', 'acknowledged'));
ALTER TABLE "copy" ADD CONSTRAINT "copy_via_check" CHECK ("acknowledged_via" IN ('page', 'paper', 'phone', 'liaison', 'card', 'smsReply'));
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_state_check" CHECK ("state" IN ('planned', 'sending', 'sent', 'delivered', 'failed', 'held', 'cancelled'));
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_channel_check" CHECK ("channel" IN ('email', 'sms', 'wecom'));
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_purpose_check" CHECK ("purpose" IN ('initial', 'reminder', 'resend'));
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_carry_check" CHECK ("carry" IN ('fullText', 'digest', 'notice', 'neutralNotice'));
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_outcome_check" CHECK ("outcome" IN ('accepted', 'retry', 'refused', 'unknown', 'settled'));
ALTER TABLE "delivery_report" ADD CONSTRAINT "delivery_report_status_check" CHECK ("status" IN ('delivered', 'failed', 'pending'));
ALTER TABLE "reading_evidence" ADD CONSTRAINT "reading_evidence_kind_check" CHECK ("kind" IN ('fetched', 'opened', 'acknowledged'));
ALTER TABLE "one_time_link" ADD CONSTRAINT "one_time_link_purpose_check" CHECK ("purpose" IN ('setup', 'signIn'));

-- Rules about one row
ALTER TABLE "tenure" ADD CONSTRAINT "tenure_period_check" CHECK ("ends_on" IS NULL OR "ends_on" >= "starts_on");
ALTER TABLE "issue" ADD CONSTRAINT "issue_number_check" CHECK ("number" > 0 AND "proposed_number" > 0);
ALTER TABLE "issue" ADD CONSTRAINT "issue_numbered_check" CHECK ("number" IS NOT NULL OR "state" NOT IN ('signedOff', 'dispatched', 'archived', 'withdrawn'));
ALTER TABLE "copy" ADD CONSTRAINT "copy_acknowledged_check" CHECK (("reading" = 'acknowledged') = ("acknowledged_at" IS NOT NULL));
ALTER TABLE "copy" ADD CONSTRAINT "copy_number_check" CHECK ("copy_number" > 0);
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_lease_check" CHECK ("state" <> 'sending' OR "lease_until" IS NOT NULL);
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_doubt_check" CHECK ("doubt_since" IS NULL OR "state" = 'sending');

-- One holder at a time, besides an acting one
CREATE UNIQUE INDEX "tenure_one_holder_key" ON "tenure" ("post_id") WHERE "ends_on" IS NULL AND NOT "acting";
-- One valid edition of an issue
CREATE UNIQUE INDEX "edition_one_valid_key" ON "edition" ("issue_id") WHERE "voided_at" IS NULL;

-- Due work: small indexes over the few rows that still need something
CREATE INDEX "delivery_due_idx" ON "delivery" ("channel", "priority", "next_attempt_at", "position") WHERE "state" = 'planned';
CREATE INDEX "delivery_lease_idx" ON "delivery" ("lease_until") WHERE "state" = 'sending';
CREATE INDEX "delivery_held_idx" ON "delivery" ("edition_id") WHERE "state" = 'held';
CREATE INDEX "edition_unplanned_idx" ON "edition" ("send_at") WHERE "planned_at" IS NULL AND "voided_at" IS NULL;
CREATE INDEX "delivery_report_new_idx" ON "delivery_report" ("received_at") WHERE "applied_at" IS NULL;

-- Append-only: evidence and audit rows are never changed or removed by the application
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "reading_evidence_append_only" BEFORE UPDATE OR DELETE ON "reading_evidence" FOR EACH ROW EXECUTE FUNCTION refuse_change();
