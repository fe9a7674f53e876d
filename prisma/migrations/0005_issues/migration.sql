-- Issues from the file to the edition that is frozen at sign-off. 秘密 and above are in no list of levels: such an issue cannot be
-- stored.

CREATE TABLE publication (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  issuer text NOT NULL,
  default_level text NOT NULL DEFAULT 'internal',
  asks_acknowledgement boolean NOT NULL DEFAULT true,
  max_reminders integer NOT NULL DEFAULT 1,
  subscribable boolean NOT NULL DEFAULT false,
  -- What the office decided: channels, ladder, quiet time, reminders. Keys that are absent have their defaults.
  policy jsonb NOT NULL DEFAULT '{}',

  CONSTRAINT publication_pkey PRIMARY KEY (id),
  CONSTRAINT publication_level_check CHECK (default_level IN ('public', 'internal', 'workSecret'))
);
CREATE UNIQUE INDEX publication_name_key ON publication (name);

CREATE TABLE issue (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  publication_id uuid NOT NULL,
  kind text NOT NULL DEFAULT 'regular',
  year integer NOT NULL,
  proposed_number integer,
  number integer,
  serial_number integer,
  issued_on date,
  issuer text,
  state text NOT NULL DEFAULT 'drafting',
  revision integer NOT NULL DEFAULT 1,
  -- A lowered level takes effect when the approver has agreed at sign-off; until then the stricter one holds.
  level text NOT NULL,
  lowered_to text,
  level_reason text,
  urgency text NOT NULL DEFAULT 'normal',
  scope text[],
  addressing text[] DEFAULT ARRAY[]::text[],
  scope_label text,
  editor_name text,
  reviewer_name text,
  approver_name text,
  source_name text NOT NULL,
  source_hash text NOT NULL,
  source_text text NOT NULL,
  warnings jsonb NOT NULL DEFAULT '[]',
  correction integer NOT NULL DEFAULT 0,
  correction_note text,
  editor_id uuid,
  reviewer_id uuid,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL,

  CONSTRAINT issue_pkey PRIMARY KEY (id),
  CONSTRAINT issue_publication_id_fkey FOREIGN KEY (publication_id) REFERENCES publication (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT issue_kind_check CHECK (kind IN ('regular', 'supplement')),
  CONSTRAINT issue_state_check CHECK (state IN (
    'drafting', 'reviewing', 'awaitingSignOff', 'signedOff', 'dispatched', 'archived', 'withdrawn'
  )),
  CONSTRAINT issue_level_check CHECK (level IN ('public', 'internal', 'workSecret')),
  CONSTRAINT issue_urgency_check CHECK (urgency IN ('normal', 'urgent', 'extraUrgent')),
  CONSTRAINT issue_number_check CHECK (number > 0 AND proposed_number > 0),
  CONSTRAINT issue_numbered_check CHECK (number IS NOT NULL OR state NOT IN ('signedOff', 'dispatched', 'archived', 'withdrawn')),
  CONSTRAINT issue_correction_check CHECK ((correction = 0) = (correction_note IS NULL))
);
CREATE INDEX issue_publication_id_created_at_idx ON issue (publication_id, created_at);
-- A number is taken once in a year.
CREATE UNIQUE INDEX issue_publication_id_year_kind_number_key ON issue (publication_id, year, kind, number);
-- Which issues used a name in their scope.
CREATE INDEX issue_scope_idx ON issue USING gin (scope);

CREATE TABLE section (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  issue_id uuid NOT NULL,
  position integer NOT NULL,
  name text,

  CONSTRAINT section_pkey PRIMARY KEY (id),
  CONSTRAINT section_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES issue (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX section_issue_id_position_key ON section (issue_id, position);

CREATE TABLE item (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  section_id uuid NOT NULL,
  position integer NOT NULL,
  headline text,
  body text NOT NULL,
  unit_name text,
  author text,

  CONSTRAINT item_pkey PRIMARY KEY (id),
  CONSTRAINT item_section_id_fkey FOREIGN KEY (section_id) REFERENCES section (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX item_section_id_position_key ON item (section_id, position);

-- Why an issue was sent back: shown on the issue until it is sent for review again, and kept as its history.
CREATE TABLE send_back (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  issue_id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  by_name text NOT NULL,
  note text NOT NULL,
  answered_at timestamptz(3),

  CONSTRAINT send_back_pkey PRIMARY KEY (id),
  CONSTRAINT send_back_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES issue (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX send_back_issue_id_at_idx ON send_back (issue_id, at);

-- Content, scope and the publication's policy, frozen. A withdrawn edition stays; once a correction is begun the next edition is
-- the valid one.
CREATE TABLE edition (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  issue_id uuid NOT NULL,
  version integer NOT NULL,
  content jsonb NOT NULL,
  scope jsonb NOT NULL,
  hash text NOT NULL,
  level text NOT NULL,
  lowered_from text,
  lowered_for text,
  urgency text NOT NULL,
  urgent_reason text,
  policy jsonb,
  signed_by_id uuid NOT NULL,
  signed_at timestamptz(3) NOT NULL,
  send_at timestamptz(3) NOT NULL,
  planned_at timestamptz(3),
  paused_at timestamptz(3),
  voided_at timestamptz(3),
  withdrawn_at timestamptz(3),
  withdrawn_by_id uuid,
  withdrawn_reason text,
  corrected_at timestamptz(3),

  CONSTRAINT edition_pkey PRIMARY KEY (id),
  CONSTRAINT edition_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES issue (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT edition_level_check CHECK (level IN ('public', 'internal', 'workSecret')),
  CONSTRAINT edition_urgency_check CHECK (urgency IN ('normal', 'urgent', 'extraUrgent')),
  CONSTRAINT edition_corrected_check CHECK (corrected_at IS NULL OR withdrawn_at IS NOT NULL)
);
CREATE UNIQUE INDEX edition_issue_id_version_key ON edition (issue_id, version);
-- One valid edition of an issue.
CREATE UNIQUE INDEX edition_one_valid_key ON edition (issue_id) WHERE voided_at IS NULL AND corrected_at IS NULL;
-- Due work.
CREATE INDEX edition_unplanned_idx ON edition (send_at) WHERE planned_at IS NULL AND voided_at IS NULL;

-- Who gets an edition, in protocol order. Apart from the edition's row, so that no page reads 100,000 people to show a title.
CREATE TABLE edition_entry (
  edition_id uuid NOT NULL,
  position integer NOT NULL,
  entry jsonb NOT NULL,

  CONSTRAINT edition_entry_pkey PRIMARY KEY (edition_id, position),
  CONSTRAINT edition_entry_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition (id) ON DELETE CASCADE ON UPDATE CASCADE
);

-- One message for each channel, purpose and carry, composed once.
CREATE TABLE rendition (
  edition_id uuid NOT NULL,
  format text NOT NULL,
  content jsonb NOT NULL,
  template text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT rendition_pkey PRIMARY KEY (edition_id, format),
  CONSTRAINT rendition_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition (id) ON DELETE CASCADE ON UPDATE CASCADE
);
