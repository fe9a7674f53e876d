-- How the list is changed, by hand or by a file, so that every act can be taken back.

-- One act by hand, with the rows it touched.
CREATE TABLE list_change (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  at timestamptz(3) NOT NULL,
  actor text NOT NULL,
  act text NOT NULL,
  subject text NOT NULL,
  summary text NOT NULL,
  back_to text NOT NULL,
  rows jsonb NOT NULL,
  undone_at timestamptz(3),

  CONSTRAINT list_change_pkey PRIMARY KEY (id)
);
CREATE INDEX list_change_subject_at_idx ON list_change (subject, at);

-- A list file on its way in: read, shown as a dry run (a large one is made by a worker), applied by a worker, perhaps undone.
CREATE TABLE list_import (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  owner_id text NOT NULL,
  owner_name text NOT NULL,
  file_name text NOT NULL,
  file_hash text NOT NULL,
  state text NOT NULL DEFAULT 'open',
  sealed_file bytea,
  options jsonb NOT NULL,
  sealed_result bytea,
  fingerprint text,
  counts jsonb,
  done integer NOT NULL DEFAULT 0,
  total integer NOT NULL DEFAULT 0,
  failure text,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  confirmed_at timestamptz(3),
  alive_at timestamptz(3),
  finished_at timestamptz(3),
  undone_at timestamptz(3),
  undone_by text,

  CONSTRAINT list_import_pkey PRIMARY KEY (id),
  CONSTRAINT list_import_state_check CHECK (state IN ('open', 'checking', 'queued', 'running', 'done', 'failed', 'undone'))
);
CREATE INDEX list_import_state_idx ON list_import (state);
CREATE INDEX list_import_finished_at_idx ON list_import (finished_at);

-- The trail of an import: of a row that it changed the row before, and only a hash of what became of it. No foreign key to the
-- import: it would be checked for each of 300,000 rows, against a row that is changed all the while, and imports with a trail
-- are never deleted.
CREATE TABLE list_import_change (
  import_id uuid NOT NULL,
  relation text NOT NULL,
  key text NOT NULL,
  before jsonb,
  after_hash text,

  CONSTRAINT list_import_change_pkey PRIMARY KEY (import_id, relation, key)
);

-- Parts of an import dated in the future that the list keeps no dates for wait here for their day.
CREATE TABLE list_due (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  import_id uuid NOT NULL,
  due_on date NOT NULL,
  pieces integer NOT NULL,
  sealed bytea,
  created_at timestamptz(3) NOT NULL,
  applied_at timestamptz(3),
  skipped integer NOT NULL DEFAULT 0,

  CONSTRAINT list_due_pkey PRIMARY KEY (id)
);
CREATE INDEX list_due_import_id_idx ON list_due (import_id);
CREATE INDEX list_due_applied_at_due_on_idx ON list_due (applied_at, due_on);

-- What the columns of a file with these headings meant, as somebody once chose.
CREATE TABLE list_columns (
  key text NOT NULL,
  columns jsonb NOT NULL,
  used_at timestamptz(3) NOT NULL,

  CONSTRAINT list_columns_pkey PRIMARY KEY (key)
);
