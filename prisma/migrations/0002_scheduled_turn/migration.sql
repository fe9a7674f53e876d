-- Work that recurs is done once however many processes there are: whoever moves `next_at` has the turn.
CREATE TABLE "scheduled_turn" (
    "name" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "scheduled_turn_pkey" PRIMARY KEY ("name")
);
