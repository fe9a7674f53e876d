-- Nobody could be given one notice a day yet: a wish without effect is not offered, and not kept.
ALTER TABLE "preference" DROP COLUMN "daily_digest";
