-- A name in a scope may stand for a unit or a post as well as for a group.

-- AlterTable
ALTER TABLE "group_alias" ADD COLUMN "post_id" UUID,
ADD COLUMN "unit_id" UUID,
ALTER COLUMN "group_id" DROP NOT NULL;

-- CreateIndex
CREATE INDEX "group_alias_unit_id_idx" ON "group_alias"("unit_id");

-- CreateIndex
CREATE INDEX "group_alias_post_id_idx" ON "group_alias"("post_id");

-- AddForeignKey
ALTER TABLE "group_alias" ADD CONSTRAINT "group_alias_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_alias" ADD CONSTRAINT "group_alias_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Rules about one row
-- A name stands for one thing.
ALTER TABLE "group_alias" ADD CONSTRAINT "group_alias_of_check" CHECK (
  ("group_id" IS NOT NULL)::int + ("unit_id" IS NOT NULL)::int + ("post_id" IS NOT NULL)::int = 1
);

-- Which issues used a name in their scope.
CREATE INDEX "issue_scope_idx" ON "issue" USING gin ("scope");
