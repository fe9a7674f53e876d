-- The page of people pages through them in the order of their initials; searching by initials uses the same index.

-- DropIndex
DROP INDEX "person_initials_idx";

-- CreateIndex
CREATE INDEX "person_initials_name_id_idx" ON "person"("initials", "name", "id");
