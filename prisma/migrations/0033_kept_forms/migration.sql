-- Pages that answered a form, shown again by GET, and forms that nobody has taken yet. All sealed, all for a short time.

-- CreateTable
CREATE TABLE "kept_page" (
    "id_hash" TEXT NOT NULL,
    "keeper" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "kept_page_pkey" PRIMARY KEY ("id_hash")
);

-- CreateTable
CREATE TABLE "form_draft" (
    "account_id" UUID NOT NULL,
    "form" TEXT NOT NULL,
    "posted" BOOLEAN NOT NULL,
    "sealed" BYTEA NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "form_draft_pkey" PRIMARY KEY ("account_id","form","posted")
);

-- CreateIndex
CREATE INDEX "kept_page_keeper_kept_at_idx" ON "kept_page"("keeper", "kept_at");

-- CreateIndex
CREATE INDEX "kept_page_expires_at_idx" ON "kept_page"("expires_at");

-- CreateIndex
CREATE INDEX "form_draft_expires_at_idx" ON "form_draft"("expires_at");
