-- On what a press was believed, and what was done by a programme.
ALTER TABLE "reading_evidence" ADD COLUMN "proof" JSONB;
ALTER TABLE "reading_evidence" DROP CONSTRAINT "reading_evidence_kind_check";
ALTER TABLE "reading_evidence" ADD CONSTRAINT "reading_evidence_kind_check" CHECK ("kind" IN ('fetched', 'opened', 'acknowledged', 'machine'));

-- Pages on which something was used that no person sees: a press on them counts no more. Kept as long as a page may be pressed.
CREATE TABLE "decoyed_page" (
    "mark" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decoyed_page_pkey" PRIMARY KEY ("mark")
);
CREATE INDEX "decoyed_page_at_idx" ON "decoyed_page"("at");
