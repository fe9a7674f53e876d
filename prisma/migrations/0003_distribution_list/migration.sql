-- The list an administrator keeps: kinds and levels that rules speak of, liaison officers, memberships with a beginning and an end,
-- groups made of groups, and what each person prefers.

-- AlterTable
ALTER TABLE "unit" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'other',
ADD COLUMN "closed_on" DATE,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "post" ADD COLUMN "level" TEXT NOT NULL DEFAULT 'principal',
ADD COLUMN "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "person" ADD COLUMN "initials" TEXT NOT NULL DEFAULT '',
ADD COLUMN "wiped_at" TIMESTAMPTZ(3),
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "contact" ADD COLUMN "verified_at" TIMESTAMPTZ(3),
ADD COLUMN "last_delivered_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "recipient_group" ADD COLUMN "rule" JSONB,
ADD COLUMN "closed_on" DATE,
ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "group_member" ADD COLUMN "starts_on" DATE NOT NULL DEFAULT '1949-10-01',
ADD COLUMN "ends_on" DATE,
DROP CONSTRAINT "group_member_pkey",
ADD CONSTRAINT "group_member_pkey" PRIMARY KEY ("group_id", "post_id", "starts_on");

-- CreateTable
CREATE TABLE "group_part" (
    "group_id" UUID NOT NULL,
    "part_id" UUID NOT NULL,
    "excluded" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "group_part_pkey" PRIMARY KEY ("group_id","part_id")
);

-- CreateTable
CREATE TABLE "group_exclusion" (
    "group_id" UUID NOT NULL,
    "post_id" UUID NOT NULL,

    CONSTRAINT "group_exclusion_pkey" PRIMARY KEY ("group_id","post_id")
);

-- CreateTable
CREATE TABLE "liaison" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "unit_id" UUID,
    "post_id" UUID,
    "person_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,

    CONSTRAINT "liaison_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "preference" (
    "person_id" UUID NOT NULL,
    "channel_order" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "quiet_from" INTEGER,
    "quiet_until" INTEGER,
    "daily_digest" BOOLEAN NOT NULL DEFAULT false,
    "large_type" BOOLEAN NOT NULL DEFAULT false,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "preference_pkey" PRIMARY KEY ("person_id")
);

-- CreateIndex
CREATE INDEX "person_initials_idx" ON "person"("initials");

-- CreateIndex
CREATE INDEX "group_part_part_id_idx" ON "group_part"("part_id");

-- CreateIndex
CREATE INDEX "liaison_unit_id_idx" ON "liaison"("unit_id");

-- CreateIndex
CREATE INDEX "liaison_post_id_idx" ON "liaison"("post_id");

-- CreateIndex
CREATE INDEX "liaison_person_id_idx" ON "liaison"("person_id");

-- AddForeignKey
ALTER TABLE "group_part" ADD CONSTRAINT "group_part_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "recipient_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_part" ADD CONSTRAINT "group_part_part_id_fkey" FOREIGN KEY ("part_id") REFERENCES "recipient_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_exclusion" ADD CONSTRAINT "group_exclusion_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "recipient_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_exclusion" ADD CONSTRAINT "group_exclusion_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "liaison" ADD CONSTRAINT "liaison_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "liaison" ADD CONSTRAINT "liaison_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "liaison" ADD CONSTRAINT "liaison_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "preference" ADD CONSTRAINT "preference_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Closed lists: what groups by rule speak of
ALTER TABLE "unit" ADD CONSTRAINT "unit_kind_check" CHECK ("kind" IN ('party', 'congress', 'government', 'consultative', 'judicial', 'military', 'township', 'mass', 'vertical', 'enterprise', 'other'));
ALTER TABLE "post" ADD CONSTRAINT "post_level_check" CHECK ("level" IN ('principal', 'deputy', 'staff'));

-- Rules about one row
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_period_check" CHECK ("ends_on" IS NULL OR "ends_on" >= "starts_on");
ALTER TABLE "group_part" ADD CONSTRAINT "group_part_self_check" CHECK ("group_id" <> "part_id");
ALTER TABLE "liaison" ADD CONSTRAINT "liaison_period_check" CHECK ("ends_on" IS NULL OR "ends_on" >= "starts_on");
-- An officer serves a unit or one leader's post, not both.
ALTER TABLE "liaison" ADD CONSTRAINT "liaison_serves_check" CHECK (("unit_id" IS NULL) <> ("post_id" IS NULL));
-- Hours of Beijing's clock, 0..23; both or neither.
ALTER TABLE "preference" ADD CONSTRAINT "preference_quiet_check" CHECK (("quiet_from" IS NULL) = ("quiet_until" IS NULL) AND "quiet_from" BETWEEN 0 AND 23 AND "quiet_until" BETWEEN 0 AND 23);
ALTER TABLE "preference" ADD CONSTRAINT "preference_channel_check" CHECK ("channel_order" <@ ARRAY['email', 'sms', 'wecom']);

-- A post is in a group once at a time
CREATE UNIQUE INDEX "group_member_current_key" ON "group_member" ("group_id", "post_id") WHERE "ends_on" IS NULL;
