-- How a publication is set, as its issues show it: evidence when the next one is read. An issue that is corrected further teaches
-- anew, so what was known without the issue that taught last is kept beside it; that issue may be gone one day, hence no reference.
-- Publications that are there know nothing yet: their next issue shows it.
ALTER TABLE publication
  ADD COLUMN layout jsonb,
  ADD COLUMN layout_before jsonb,
  ADD COLUMN layout_issue_id uuid;
