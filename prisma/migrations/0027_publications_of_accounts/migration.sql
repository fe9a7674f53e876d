-- Roles may hold for chosen publications; without a choice they hold for all. A publication may say whom its issues go to
-- where their file does not.
ALTER TABLE account ADD COLUMN publication_ids uuid[] NOT NULL DEFAULT '{}';
ALTER TABLE publication ADD COLUMN default_scope text;
