-- List files on their way in, what each import changed, and what columns meant before.

-- CreateTable
CREATE TABLE "list_import" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "owner_id" TEXT NOT NULL,
    "owner_name" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_hash" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "sealed_file" BYTEA,
    "options" JSONB NOT NULL,
    "sealed_result" BYTEA,
    "fingerprint" TEXT,
    "counts" JSONB,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "alive_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" TEXT,

    CONSTRAINT "list_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "list_import_change" (
    "id" BIGSERIAL NOT NULL,
    "import_id" UUID NOT NULL,
    "relation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "list_import_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "list_columns" (
    "key" TEXT NOT NULL,
    "columns" JSONB NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "list_columns_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "list_import_state_idx" ON "list_import"("state");

-- CreateIndex
CREATE INDEX "list_import_finished_at_idx" ON "list_import"("finished_at");

-- CreateIndex
CREATE INDEX "list_import_change_import_id_relation_idx" ON "list_import_change"("import_id", "relation");

-- AddForeignKey
ALTER TABLE "list_import_change" ADD CONSTRAINT "list_import_change_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "list_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Closed lists
ALTER TABLE "list_import" ADD CONSTRAINT "list_import_state_check" CHECK ("state" IN ('open', 'queued', 'running', 'done', 'failed', 'undone'));
