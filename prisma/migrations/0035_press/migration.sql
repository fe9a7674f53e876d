-- What was pressed on a page, so that pressing it once more on the same page does nothing more.

-- CreateTable
CREATE TABLE "press" (
    "key" TEXT NOT NULL,
    "leads_to" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "press_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "press_at_idx" ON "press"("at");
