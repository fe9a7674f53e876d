-- The recipient's side: evidence of reading, and who is let in.

-- Every act is kept; the first acknowledgement counts. `proof` is on what a press was believed; `machine` is what a program did.
CREATE TABLE reading_evidence (
  id bigserial NOT NULL,
  copy_id uuid NOT NULL,
  kind text NOT NULL,
  at timestamptz(3) NOT NULL,
  via text NOT NULL,
  by text,
  note text,
  proof jsonb,

  CONSTRAINT reading_evidence_pkey PRIMARY KEY (id),
  CONSTRAINT reading_evidence_copy_id_fkey FOREIGN KEY (copy_id) REFERENCES copy (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT reading_evidence_kind_check CHECK (kind IN ('fetched', 'opened', 'acknowledged', 'machine'))
);
CREATE INDEX reading_evidence_copy_id_at_idx ON reading_evidence (copy_id, at);
CREATE TRIGGER reading_evidence_append_only BEFORE UPDATE OR DELETE ON reading_evidence FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Pages on which something was used that no person sees: a press on them counts no more. Kept as long as a page may be pressed.
CREATE TABLE decoyed_page (
  mark text NOT NULL,
  at timestamptz(3) NOT NULL,

  CONSTRAINT decoyed_page_pkey PRIMARY KEY (mark)
);
CREATE INDEX decoyed_page_at_idx ON decoyed_page (at);

-- Wrong codes by keyed hash of the network they came from, of the copy they were for, and of all together. Forgotten after a day.
CREATE TABLE guess_count (
  key text NOT NULL,
  level double precision NOT NULL,
  tries integer NOT NULL,
  since timestamptz(3) NOT NULL,
  at timestamptz(3) NOT NULL,

  CONSTRAINT guess_count_pkey PRIMARY KEY (key)
);
CREATE INDEX guess_count_at_idx ON guess_count (at);

-- Devices on which a person has typed a code that was sent to an address of his own: they may open his personal pages.
CREATE TABLE reader_device (
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  lookup_hash text NOT NULL,
  proven_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,

  CONSTRAINT reader_device_pkey PRIMARY KEY (id),
  CONSTRAINT reader_device_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX reader_device_person_id_idx ON reader_device (person_id);
CREATE INDEX reader_device_expires_at_idx ON reader_device (expires_at);
