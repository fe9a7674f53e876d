-- Who is meant by a name in a scope, such as 县直各单位负责人.

CREATE TABLE recipient_group (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  sort_order integer NOT NULL,
  rule jsonb,
  closed_on date,
  version integer NOT NULL DEFAULT 1,

  CONSTRAINT recipient_group_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX recipient_group_name_key ON recipient_group (name);

-- The past is never rewritten. A member without a beginning has been one since before any issue: the default is the day on which
-- the People's Republic was founded.
CREATE TABLE group_member (
  group_id uuid NOT NULL,
  post_id uuid NOT NULL,
  starts_on date NOT NULL DEFAULT '1949-10-01',
  ends_on date,

  CONSTRAINT group_member_pkey PRIMARY KEY (group_id, post_id, starts_on),
  CONSTRAINT group_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES recipient_group (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT group_member_post_id_fkey FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT group_member_period_check CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
CREATE INDEX group_member_post_id_idx ON group_member (post_id);
-- A post is in a group once at a time.
CREATE UNIQUE INDEX group_member_current_key ON group_member (group_id, post_id) WHERE ends_on IS NULL;

CREATE TABLE group_part (
  group_id uuid NOT NULL,
  part_id uuid NOT NULL,
  excluded boolean NOT NULL DEFAULT false,

  CONSTRAINT group_part_pkey PRIMARY KEY (group_id, part_id),
  CONSTRAINT group_part_group_id_fkey FOREIGN KEY (group_id) REFERENCES recipient_group (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT group_part_part_id_fkey FOREIGN KEY (part_id) REFERENCES recipient_group (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT group_part_self_check CHECK (group_id <> part_id)
);
CREATE INDEX group_part_part_id_idx ON group_part (part_id);

CREATE TABLE group_exclusion (
  group_id uuid NOT NULL,
  post_id uuid NOT NULL,

  CONSTRAINT group_exclusion_pkey PRIMARY KEY (group_id, post_id),
  CONSTRAINT group_exclusion_group_id_fkey FOREIGN KEY (group_id) REFERENCES recipient_group (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT group_exclusion_post_id_fkey FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE CASCADE ON UPDATE CASCADE
);

-- What else a scope may say: another name for a group, or the name of a unit or a post.
CREATE TABLE group_alias (
  alias text NOT NULL,
  text text NOT NULL,
  group_id uuid,
  unit_id uuid,
  post_id uuid,

  CONSTRAINT group_alias_pkey PRIMARY KEY (alias),
  CONSTRAINT group_alias_group_id_fkey FOREIGN KEY (group_id) REFERENCES recipient_group (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT group_alias_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT group_alias_post_id_fkey FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE CASCADE ON UPDATE CASCADE,
  -- A name stands for one thing.
  CONSTRAINT group_alias_of_check CHECK (
    (group_id IS NOT NULL)::int + (unit_id IS NOT NULL)::int + (post_id IS NOT NULL)::int = 1
  )
);
CREATE INDEX group_alias_group_id_idx ON group_alias (group_id);
CREATE INDEX group_alias_unit_id_idx ON group_alias (unit_id);
CREATE INDEX group_alias_post_id_idx ON group_alias (post_id);
