-- Who works at the console, which programs may ask, and the trail of what they did.
-- In all these files: what a column means stands in prisma/schema; here stands what Prisma's language cannot say, and why.

-- A recipient has no account: a recipient reads by personal link.
CREATE TABLE account (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  login text NOT NULL,
  name text NOT NULL,
  roles text[],
  password_hash text,
  failed_sign_ins integer NOT NULL DEFAULT 0,
  locked_until timestamptz(3),
  disabled_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT account_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX account_login_key ON account (login);

CREATE TABLE session (
  token_hash text NOT NULL,
  account_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  last_seen_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamptz(3) NOT NULL,

  CONSTRAINT session_pkey PRIMARY KEY (token_hash),
  CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX session_account_id_idx ON session (account_id);

CREATE TABLE one_time_link (
  token_hash text NOT NULL,
  account_id uuid NOT NULL,
  purpose text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),

  CONSTRAINT one_time_link_pkey PRIMARY KEY (token_hash),
  CONSTRAINT one_time_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT one_time_link_purpose_check CHECK (purpose IN ('setup', 'signIn'))
);
CREATE INDEX one_time_link_account_id_idx ON one_time_link (account_id);

-- Keys of programs that use the interface. Only a hash is kept: a stolen table opens nothing.
CREATE TABLE api_key (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  prefix text NOT NULL,
  key_hash text NOT NULL,
  scopes text[],
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),

  CONSTRAINT api_key_pkey PRIMARY KEY (id),
  -- A key that may do nothing, or for ever, is a mistake.
  CONSTRAINT api_key_scopes_check CHECK (cardinality(scopes) > 0),
  CONSTRAINT api_key_period_check CHECK (expires_at > created_at)
);
CREATE UNIQUE INDEX api_key_key_hash_key ON api_key (key_hash);

-- The application never changes or removes what is written in such a table; 0010 uses it for the evidence of reading.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Each row's hash covers the row before it.
CREATE TABLE audit_entry (
  id bigserial NOT NULL,
  at timestamptz(3) NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  detail jsonb NOT NULL,
  prev_hash text NOT NULL,
  hash text NOT NULL,

  CONSTRAINT audit_entry_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX audit_entry_hash_key ON audit_entry (hash);
CREATE INDEX audit_entry_subject_idx ON audit_entry (subject);
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- How often one and the same file was fetched in an hour, so that fetching it again and again does not fill the trail.
CREATE TABLE export_count (
  key text NOT NULL,
  hour timestamptz(3) NOT NULL,
  n integer NOT NULL,

  CONSTRAINT export_count_pkey PRIMARY KEY (key, hour)
);
