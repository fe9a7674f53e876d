-- Parts of an import dated in the future that the list keeps no dates for wait here for their day.

-- CreateTable
CREATE TABLE "list_due" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "import_id" UUID NOT NULL,
    "due_on" DATE NOT NULL,
    "pieces" INTEGER NOT NULL,
    "sealed" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "applied_at" TIMESTAMPTZ(3),
    "skipped" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "list_due_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "list_due_import_id_idx" ON "list_due"("import_id");

-- CreateIndex
CREATE INDEX "list_due_applied_at_due_on_idx" ON "list_due"("applied_at", "due_on");
