-- Units and posts that begin, names that were other names before, acts on the list that can be undone at once.

-- AlterTable
ALTER TABLE "unit" ADD COLUMN "opened_on" DATE;

-- AlterTable
ALTER TABLE "post" ADD COLUMN "opened_on" DATE;

-- AlterTable
ALTER TABLE "tenure" ADD COLUMN "acting_kind" TEXT;

-- CreateTable
CREATE TABLE "former_name" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "unit_id" UUID,
    "post_id" UUID,
    "name" TEXT NOT NULL,
    "until_on" DATE NOT NULL,

    CONSTRAINT "former_name_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "list_change" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "act" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "back_to" TEXT NOT NULL,
    "rows" JSONB NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "list_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "copy_person_id_idx" ON "copy"("person_id");

-- CreateIndex
CREATE INDEX "former_name_unit_id_idx" ON "former_name"("unit_id");

-- CreateIndex
CREATE INDEX "former_name_post_id_idx" ON "former_name"("post_id");

-- CreateIndex
CREATE INDEX "list_change_subject_at_idx" ON "list_change"("subject", "at");

-- AddForeignKey
ALTER TABLE "former_name" ADD CONSTRAINT "former_name_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "former_name" ADD CONSTRAINT "former_name_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Rules about one row
ALTER TABLE "former_name" ADD CONSTRAINT "former_name_of_check" CHECK (("unit_id" IS NULL) <> ("post_id" IS NULL));
-- 代理 (acting) or 主持工作 (presiding); null with an acting tenure counts as 代理.
ALTER TABLE "tenure" ADD CONSTRAINT "tenure_acting_kind_check" CHECK ("acting_kind" IS NULL OR ("acting" AND "acting_kind" IN ('acting', 'presiding')));

-- The last digits of a mobile number, as they stand in the masked form: what somebody on the telephone can say.
CREATE INDEX "contact_last_digits_idx" ON "contact" ((right("masked", 4))) WHERE "kind" = 'sms';
