-- An edition as it was printed first: the one file for archive, download and mail. Kept as bytes, for another version of typesetter,
-- template or fonts would make another file. Never changed.
CREATE TABLE edition_print (
  edition_id uuid PRIMARY KEY REFERENCES edition (id) ON DELETE CASCADE ON UPDATE CASCADE,
  pdf bytea NOT NULL,
  sha256 text NOT NULL,
  pages integer NOT NULL,
  template text NOT NULL,
  made_at timestamptz(3) NOT NULL
);
