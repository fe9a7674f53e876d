-- Paper: who wants the issue on paper as well, and signatures that came back on a 签收单.
ALTER TABLE preference ADD COLUMN on_paper boolean NOT NULL DEFAULT false;

-- One entry of returned signatures, by one person of the office at one time. The acknowledgements themselves are evidence as all others.
CREATE TABLE paper_sheet (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  edition_id uuid NOT NULL,
  entry_hash text NOT NULL,
  signed_on date NOT NULL,
  note text NOT NULL,
  entered_by_id text NOT NULL,
  entered_by text NOT NULL,
  entered_at timestamptz(3) NOT NULL,

  CONSTRAINT paper_sheet_pkey PRIMARY KEY (id),
  CONSTRAINT paper_sheet_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition (id) ON DELETE RESTRICT ON UPDATE CASCADE
);
-- The same entry sent twice is one.
CREATE UNIQUE INDEX paper_sheet_entry_hash_key ON paper_sheet (entry_hash);
CREATE INDEX paper_sheet_edition_id_entered_at_idx ON paper_sheet (edition_id, entered_at);

CREATE TABLE paper_signature (
  sheet_id uuid NOT NULL,
  copy_id uuid NOT NULL,
  counted boolean NOT NULL,

  CONSTRAINT paper_signature_pkey PRIMARY KEY (sheet_id, copy_id),
  CONSTRAINT paper_signature_sheet_id_fkey FOREIGN KEY (sheet_id) REFERENCES paper_sheet (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT paper_signature_copy_id_fkey FOREIGN KEY (copy_id) REFERENCES copy (id) ON DELETE RESTRICT ON UPDATE CASCADE
);
-- The board asks copy by copy.
CREATE INDEX paper_signature_copy_id_idx ON paper_signature (copy_id);

-- What was scanned or photographed of a sheet, sealed.
CREATE TABLE paper_scan (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  sheet_id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  size integer NOT NULL,
  hash text NOT NULL,
  sealed bytea NOT NULL,
  added_by text NOT NULL,
  added_at timestamptz(3) NOT NULL,

  CONSTRAINT paper_scan_pkey PRIMARY KEY (id),
  CONSTRAINT paper_scan_kind_check CHECK (kind IN ('pdf', 'jpeg', 'png')),
  CONSTRAINT paper_scan_sheet_id_fkey FOREIGN KEY (sheet_id) REFERENCES paper_sheet (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX paper_scan_sheet_id_hash_key ON paper_scan (sheet_id, hash);
