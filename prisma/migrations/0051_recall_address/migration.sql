-- Where a text went of which the address has been removed or replaced since: for taking it back, and for nothing else.

-- CreateTable
CREATE TABLE "recall_address" (
    "delivery_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "mail_domain" TEXT,
    "kept_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recall_address_pkey" PRIMARY KEY ("delivery_id")
);

-- CreateIndex
CREATE INDEX "recall_address_kept_until_idx" ON "recall_address"("kept_until");

-- AddForeignKey
ALTER TABLE "recall_address" ADD CONSTRAINT "recall_address_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;
