-- How often one and the same file was fetched in an hour, so that fetching it again and again does not fill the trail.

-- CreateTable
CREATE TABLE "export_count" (
    "key" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "export_count_pkey" PRIMARY KEY ("key","hour")
);
