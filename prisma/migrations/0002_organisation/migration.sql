-- The county as it is: units, their posts, who holds them from when to when, and where people are reached.

CREATE TABLE unit (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  sort_order integer NOT NULL,
  kind text NOT NULL DEFAULT 'other',
  opened_on date,
  closed_on date,
  version integer NOT NULL DEFAULT 1,

  CONSTRAINT unit_pkey PRIMARY KEY (id),
  -- What groups by rule speak of, as is a post's level.
  CONSTRAINT unit_kind_check CHECK (kind IN (
    'party', 'congress', 'government', 'consultative', 'judicial', 'military', 'township', 'mass', 'vertical', 'enterprise', 'other'
  ))
);
CREATE UNIQUE INDEX unit_name_key ON unit (name);

-- A post receives; its holder reads.
CREATE TABLE post (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  unit_id uuid NOT NULL,
  title text NOT NULL,
  kind text NOT NULL,
  seat integer NOT NULL DEFAULT 1,
  protocol_order integer NOT NULL,
  opened_on date,
  closed_on date,
  level text NOT NULL DEFAULT 'principal',
  tags text[] DEFAULT ARRAY[]::text[],
  version integer NOT NULL DEFAULT 1,

  CONSTRAINT post_pkey PRIMARY KEY (id),
  CONSTRAINT post_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT post_kind_check CHECK (kind IN ('leader', 'unit', 'township')),
  CONSTRAINT post_level_check CHECK (level IN ('principal', 'deputy', 'staff'))
);
CREATE UNIQUE INDEX post_unit_id_title_seat_key ON post (unit_id, title, seat);
CREATE INDEX post_protocol_order_idx ON post (protocol_order);

CREATE TABLE person (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  initials text NOT NULL DEFAULT '',
  wiped_at timestamptz(3),
  version integer NOT NULL DEFAULT 1,

  CONSTRAINT person_pkey PRIMARY KEY (id)
);
-- The page of people pages through them in the order of their initials; searching by initials uses the same index.
CREATE INDEX person_initials_name_id_idx ON person (initials, name, id);

-- The past is never rewritten.
CREATE TABLE tenure (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  post_id uuid NOT NULL,
  person_id uuid NOT NULL,
  starts_on date NOT NULL,
  ends_on date,
  acting boolean NOT NULL DEFAULT false,
  acting_kind text,

  CONSTRAINT tenure_pkey PRIMARY KEY (id),
  CONSTRAINT tenure_post_id_fkey FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT tenure_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT tenure_period_check CHECK (ends_on IS NULL OR ends_on >= starts_on),
  -- 代理 (acting) or 主持工作 (presiding); null with an acting tenure counts as 代理.
  CONSTRAINT tenure_acting_kind_check CHECK (acting_kind IS NULL OR (acting AND acting_kind IN ('acting', 'presiding')))
);
CREATE INDEX tenure_person_id_idx ON tenure (person_id);
CREATE INDEX tenure_post_id_starts_on_idx ON tenure (post_id, starts_on);
-- One holder at a time, besides an acting one.
CREATE UNIQUE INDEX tenure_one_holder_key ON tenure (post_id) WHERE ends_on IS NULL AND NOT acting;

-- An address, sealed; found again by a keyed hash.
CREATE TABLE contact (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  person_id uuid NOT NULL,
  kind text NOT NULL,
  sealed text NOT NULL,
  key_id text NOT NULL,
  lookup_hash text NOT NULL,
  mail_domain text,
  masked text NOT NULL,
  bad_since timestamptz(3),
  bad_reason text,
  verified_at timestamptz(3),
  last_delivered_at timestamptz(3),
  first_sent_at timestamptz(3),

  CONSTRAINT contact_pkey PRIMARY KEY (id),
  CONSTRAINT contact_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT contact_kind_check CHECK (kind IN ('email', 'sms', 'wecom'))
);
CREATE UNIQUE INDEX contact_person_id_kind_key ON contact (person_id, kind);
CREATE UNIQUE INDEX contact_kind_lookup_hash_key ON contact (kind, lookup_hash);
-- The last digits of a mobile number, as they stand in the masked form: what somebody on the telephone can say.
CREATE INDEX contact_last_digits_idx ON contact ((right(masked, 4))) WHERE kind = 'sms';

-- 联络员 of a unit or of one leader's post.
CREATE TABLE liaison (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  unit_id uuid,
  post_id uuid,
  person_id uuid NOT NULL,
  starts_on date NOT NULL,
  ends_on date,

  CONSTRAINT liaison_pkey PRIMARY KEY (id),
  CONSTRAINT liaison_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit (id) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT liaison_post_id_fkey FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT liaison_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT liaison_period_check CHECK (ends_on IS NULL OR ends_on >= starts_on),
  -- An officer serves a unit or one leader's post, not both.
  CONSTRAINT liaison_serves_check CHECK ((unit_id IS NULL) <> (post_id IS NULL))
);
CREATE INDEX liaison_unit_id_idx ON liaison (unit_id);
CREATE INDEX liaison_post_id_idx ON liaison (post_id);
CREATE INDEX liaison_person_id_idx ON liaison (person_id);

CREATE TABLE preference (
  person_id uuid NOT NULL,
  channel_order text[] DEFAULT ARRAY[]::text[],
  quiet_from integer,
  quiet_until integer,
  daily_digest boolean NOT NULL DEFAULT false,
  large_type boolean NOT NULL DEFAULT false,
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT preference_pkey PRIMARY KEY (person_id),
  CONSTRAINT preference_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  -- Hours of Beijing's clock, 0..23; both or neither.
  CONSTRAINT preference_quiet_check CHECK (
    (quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23
  ),
  CONSTRAINT preference_channel_check CHECK (channel_order <@ ARRAY['email', 'sms', 'wecom'])
);

-- What a unit or a post was called before: old issues and old scopes still say it.
CREATE TABLE former_name (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  unit_id uuid,
  post_id uuid,
  name text NOT NULL,
  until_on date NOT NULL,

  CONSTRAINT former_name_pkey PRIMARY KEY (id),
  CONSTRAINT former_name_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT former_name_post_id_fkey FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT former_name_of_check CHECK ((unit_id IS NULL) <> (post_id IS NULL))
);
CREATE INDEX former_name_unit_id_idx ON former_name (unit_id);
CREATE INDEX former_name_post_id_idx ON former_name (post_id);
