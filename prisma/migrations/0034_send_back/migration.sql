-- Why an issue was sent back: shown on the issue until it is sent for review again, and kept as its history.

-- CreateTable
CREATE TABLE "send_back" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "issue_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_name" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "send_back_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "send_back_issue_id_at_idx" ON "send_back"("issue_id", "at");

-- AddForeignKey
ALTER TABLE "send_back" ADD CONSTRAINT "send_back_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was sent back before, from the trail.
INSERT INTO "send_back" ("issue_id", "at", "by_name", "note", "answered_at")
SELECT i.id, e.at, COALESCE(a.name, e.actor), e.detail->>'note',
       (SELECT min(l.at) FROM audit_entry l WHERE l.subject = e.subject AND l.action = 'issue.submitForReview' AND l.id > e.id)
FROM audit_entry e
JOIN issue i ON e.subject = 'issue:' || i.id
LEFT JOIN account a ON a.id::text = e.actor
WHERE e.action = 'issue.sendBack' AND e.detail->>'note' IS NOT NULL
ORDER BY e.id;
