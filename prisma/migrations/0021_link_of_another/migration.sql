-- A link that somebody else opened, as WeCom says: kept like what a programme left, and counted for nobody.
ALTER TABLE reading_evidence
  DROP CONSTRAINT reading_evidence_kind_check,
  ADD CONSTRAINT reading_evidence_kind_check CHECK (kind IN ('fetched', 'opened', 'acknowledged', 'machine', 'otherMember'));
