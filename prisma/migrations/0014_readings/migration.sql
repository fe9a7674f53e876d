-- What was read from the original of an issue, and what people said of it, so that the original can be read once more around that.
-- Issues imported before have no reading; theirs is made from the text when somebody first looks at it.
ALTER TABLE issue
  ADD COLUMN source_looks jsonb,
  ADD COLUMN pins jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN reading jsonb;
