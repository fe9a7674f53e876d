-- Forms: what somebody types is kept until it is taken, and pressing twice does nothing twice. Sealed, and for a short time.

-- Pages that answered a form, shown again by GET.
CREATE TABLE kept_page (
  id_hash text NOT NULL,
  keeper text NOT NULL,
  sealed bytea NOT NULL,
  kept_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,

  CONSTRAINT kept_page_pkey PRIMARY KEY (id_hash)
);
CREATE INDEX kept_page_keeper_kept_at_idx ON kept_page (keeper, kept_at);
CREATE INDEX kept_page_expires_at_idx ON kept_page (expires_at);

-- Forms that nobody has taken yet.
CREATE TABLE form_draft (
  account_id uuid NOT NULL,
  form text NOT NULL,
  posted boolean NOT NULL,
  sealed bytea NOT NULL,
  saved_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,

  CONSTRAINT form_draft_pkey PRIMARY KEY (account_id, form, posted)
);
CREATE INDEX form_draft_expires_at_idx ON form_draft (expires_at);

-- What was pressed on a page, so that pressing it once more on the same page does nothing more.
CREATE TABLE press (
  key text NOT NULL,
  leads_to text,
  at timestamptz(3) NOT NULL,

  CONSTRAINT press_pkey PRIMARY KEY (key)
);
CREATE INDEX press_at_idx ON press (at);
