-- 报, 送 or 发 of each label of a scope, as it was printed; one for each, empty where there is none.

-- AlterTable
ALTER TABLE "issue" ADD COLUMN "addressing" TEXT[] DEFAULT ARRAY[]::TEXT[];
