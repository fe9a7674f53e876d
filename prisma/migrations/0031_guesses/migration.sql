-- A code that is sent anew after 72 hours is another one.
ALTER TABLE "copy" ADD COLUMN "code_nonce" TEXT;

-- Wrong codes by keyed hash of the network they came from, of the copy they were for, and of all together. Forgotten after a day.
CREATE TABLE "guess_count" (
    "key" TEXT NOT NULL,
    "level" DOUBLE PRECISION NOT NULL,
    "tries" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "guess_count_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "guess_count_at_idx" ON "guess_count"("at");
