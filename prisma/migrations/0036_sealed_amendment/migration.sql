-- What people ask to have put right, and what they are answered, quotes numbers and addresses: kept sealed like these.
-- SQL has no key to seal with, and what stands in clear may not stay; no installation holds any request yet.
DELETE FROM "amendment_request";

-- AlterTable
ALTER TABLE "amendment_request" DROP COLUMN "answer",
DROP COLUMN "text",
ADD COLUMN     "sealed_answer" TEXT,
ADD COLUMN     "sealed_text" TEXT NOT NULL;
