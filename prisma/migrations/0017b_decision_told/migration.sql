-- Whoever asked for a subscription is told what the office decided, by the same way as the code went.
ALTER TABLE "address_proof" ADD COLUMN "decision" TEXT;
ALTER TABLE "address_proof" ADD CONSTRAINT "address_proof_decision_check" CHECK ("decision" IN ('approved', 'rejected'));
