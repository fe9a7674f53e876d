-- Devices on which a person has typed a code that was sent to an address of his own: they may open his personal pages.
CREATE TABLE "reader_device" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "lookup_hash" TEXT NOT NULL,
    "proven_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reader_device_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "reader_device_person_id_idx" ON "reader_device"("person_id");
CREATE INDEX "reader_device_expires_at_idx" ON "reader_device"("expires_at");
ALTER TABLE "reader_device" ADD CONSTRAINT "reader_device_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
