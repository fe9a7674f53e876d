-- 试运行: a new installation begins in it with its first administrator and leaves it by a press of the security administrator. An
-- installation that was there before has no row and is in use, as it was.
CREATE TABLE trial (
  id integer PRIMARY KEY CHECK (id = 1),
  active boolean NOT NULL,
  reason text NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  changed_by text NOT NULL,
  changed_by_id text NOT NULL
);

-- Who is sent to meanwhile.
CREATE TABLE trial_person (
  person_id uuid PRIMARY KEY REFERENCES person (id) ON UPDATE CASCADE ON DELETE CASCADE,
  added_at timestamptz(3) NOT NULL,
  added_by text NOT NULL
);

-- A number that was used on trial only is free for the real issue.
ALTER TABLE issue ADD COLUMN trial boolean NOT NULL DEFAULT false;
DROP INDEX issue_publication_id_year_kind_number_key;
CREATE UNIQUE INDEX issue_number_key ON issue (publication_id, year, kind, number) WHERE NOT trial;
CREATE INDEX issue_publication_id_year_kind_number_idx ON issue (publication_id, year, kind, number);
