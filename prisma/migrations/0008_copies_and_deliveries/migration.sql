-- Who gets an edition, by which messages, and each try to bring one.

-- One recipient's copy of an edition, with post, unit, holder and order as they were at sign-off.
CREATE TABLE copy (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  edition_id uuid NOT NULL,
  copy_number integer NOT NULL,
  post_id uuid,
  subscription_id uuid,
  person_id uuid NOT NULL,
  person_name text NOT NULL,
  post_title text NOT NULL,
  unit_name text NOT NULL,
  unit_kind text NOT NULL,
  protocol_order integer NOT NULL,
  acting boolean NOT NULL DEFAULT false,
  liaison text,
  groups text[],
  -- 补发: a copy made after the scope was frozen, with when and why.
  late_at timestamptz(3),
  late_reason text,
  unreachable text,
  link_nonce text NOT NULL,
  token_hash text NOT NULL,
  code_hash text NOT NULL,
  code_nonce text,
  link_expires_at timestamptz(3) NOT NULL,
  link_revoked_at timestamptz(3),
  -- What the board says of a copy follows from its deliveries; the triggers of 0011 keep it.
  delivered_at timestamptz(3),
  no_channel_left boolean NOT NULL DEFAULT true,
  reading text NOT NULL DEFAULT 'unread',
  opened_at timestamptz(3),
  acknowledged_at timestamptz(3),
  acknowledged_via text,
  on_behalf_by text,

  CONSTRAINT copy_pkey PRIMARY KEY (id),
  CONSTRAINT copy_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES edition (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT copy_post_id_fkey FOREIGN KEY (post_id) REFERENCES post (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT copy_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscription (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT copy_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  -- A copy goes to a post or to a subscriber, never to both.
  CONSTRAINT copy_addressee_check CHECK ((post_id IS NULL) <> (subscription_id IS NULL)),
  CONSTRAINT copy_number_check CHECK (copy_number > 0),
  CONSTRAINT copy_late_check CHECK ((late_at IS NULL) = (late_reason IS NULL)),
  CONSTRAINT copy_reading_check CHECK (reading IN ('unread', 'opened', 'acknowledged')),
  CONSTRAINT copy_acknowledged_check CHECK ((reading = 'acknowledged') = (acknowledged_at IS NOT NULL)),
  CONSTRAINT copy_via_check CHECK (acknowledged_via IN ('page', 'paper', 'phone', 'liaison', 'card', 'smsReply'))
);
CREATE UNIQUE INDEX copy_edition_id_person_id_key ON copy (edition_id, person_id);
CREATE UNIQUE INDEX copy_edition_id_copy_number_key ON copy (edition_id, copy_number);
CREATE UNIQUE INDEX copy_token_hash_key ON copy (token_hash);
CREATE UNIQUE INDEX copy_code_hash_key ON copy (code_hash);
CREATE INDEX copy_person_id_idx ON copy (person_id);
-- The board pages by copy number, each filter along its own index; counts of states need no index, see 0011.
CREATE INDEX copy_unacknowledged_idx ON copy (edition_id, copy_number) WHERE reading <> 'acknowledged';
CREATE INDEX copy_opened_idx ON copy (edition_id, copy_number) WHERE reading = 'opened';
CREATE INDEX copy_acknowledged_idx ON copy (edition_id, copy_number) WHERE reading = 'acknowledged';
CREATE INDEX copy_unreached_idx ON copy (edition_id, copy_number) WHERE no_channel_left AND reading = 'unread';

-- One message to one person by one channel. The row is the truth: a worker does what stands here.
CREATE TABLE delivery (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  copy_id uuid NOT NULL,
  edition_id uuid NOT NULL,
  channel text NOT NULL,
  purpose text NOT NULL,
  round integer NOT NULL DEFAULT 0,
  state text NOT NULL DEFAULT 'planned',
  carry text NOT NULL,
  address text NOT NULL,
  address_masked text NOT NULL,
  mail_domain text,
  -- Where it goes, for limits that providers set on one mail domain, number or member.
  destination text,
  contact_id uuid NOT NULL,
  priority integer NOT NULL,
  position integer NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  attempt_no integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL,
  deadline timestamptz(3) NOT NULL,
  -- When it must not leave, and why it waits if it does.
  step integer NOT NULL DEFAULT 0,
  quiet_hours integer NOT NULL DEFAULT 0,
  working_days_only boolean NOT NULL DEFAULT false,
  deferred text,
  -- 每日汇总: what waits for it leaves in one message to one address, under the name of the delivery that leads it.
  digest boolean NOT NULL DEFAULT false,
  carried_by uuid,
  lease_owner text,
  lease_until timestamptz(3),
  -- What was cancelled while a worker had it in hand is not tried again when the worker brings it back.
  given_up boolean NOT NULL DEFAULT false,
  asked_by_id uuid,
  doubt_since timestamptz(3),
  -- A message that an account may have taken is sent again by no other.
  pinned_account text,
  repetitions integer NOT NULL DEFAULT 0,
  reference text,
  code text,
  reason text,
  sent_at timestamptz(3),
  delivered_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT delivery_pkey PRIMARY KEY (id),
  CONSTRAINT delivery_copy_id_fkey FOREIGN KEY (copy_id) REFERENCES copy (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT delivery_channel_check CHECK (channel IN ('email', 'sms', 'wecom')),
  CONSTRAINT delivery_purpose_check CHECK (purpose IN ('initial', 'reminder', 'resend', 'withdrawal')),
  CONSTRAINT delivery_state_check CHECK (state IN ('planned', 'sending', 'sent', 'delivered', 'failed', 'held', 'cancelled')),
  CONSTRAINT delivery_carry_check CHECK (carry IN ('fullText', 'digest', 'notice', 'neutralNotice')),
  -- 24 bits, and never all of them: some hour must be left.
  CONSTRAINT delivery_quiet_hours_check CHECK (quiet_hours >= 0 AND quiet_hours < 16777215),
  CONSTRAINT delivery_lease_check CHECK (state <> 'sending' OR lease_until IS NOT NULL),
  CONSTRAINT delivery_doubt_check CHECK (doubt_since IS NULL OR state = 'sending')
);
-- What makes a message that one: planning twice plans nothing more.
CREATE UNIQUE INDEX delivery_copy_id_channel_purpose_round_key ON delivery (copy_id, channel, purpose, round);
-- Due work: small indexes over the few rows that still need something. In lanes, one for each urgency and issue, so that a large
-- issue does not stand in front of a small one.
CREATE INDEX delivery_lane_idx ON delivery (channel, priority, edition_id, next_attempt_at, position) WHERE state = 'planned';
CREATE INDEX delivery_planned_idx ON delivery (edition_id) WHERE state = 'planned';
CREATE INDEX delivery_lease_idx ON delivery (lease_until) WHERE state = 'sending';
CREATE INDEX delivery_trouble_idx ON delivery (edition_id, state) WHERE state IN ('failed', 'held');
-- What waits for a digest to one address, and what travelled with a delivery.
CREATE INDEX delivery_digest_idx ON delivery (contact_id) WHERE digest AND state = 'planned';
CREATE INDEX delivery_carried_by_idx ON delivery (carried_by) WHERE carried_by IS NOT NULL;

-- The further rungs of a copy's ladder, with the address frozen when it was planned. A rung that is taken becomes a delivery.
CREATE TABLE delivery_rung (
  copy_id uuid NOT NULL,
  step integer NOT NULL,
  edition_id uuid NOT NULL,
  after_channel text NOT NULL,
  after_minutes integer,
  channel text NOT NULL,
  carry text NOT NULL,
  address text NOT NULL,
  address_masked text NOT NULL,
  mail_domain text,
  contact_id uuid NOT NULL,
  position integer NOT NULL,
  quiet_hours integer NOT NULL DEFAULT 0,
  working_days_only boolean NOT NULL DEFAULT false,
  taken_at timestamptz(3),

  CONSTRAINT delivery_rung_pkey PRIMARY KEY (copy_id, step),
  CONSTRAINT delivery_rung_copy_id_fkey FOREIGN KEY (copy_id) REFERENCES copy (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT delivery_rung_channel_check CHECK (channel IN ('email', 'sms', 'wecom') AND after_channel IN ('email', 'sms', 'wecom'))
);
-- What may still be taken.
CREATE INDEX delivery_rung_open_idx ON delivery_rung (edition_id) WHERE taken_at IS NULL;

-- One try, with the provider's own words.
CREATE TABLE attempt (
  delivery_id uuid NOT NULL,
  attempt_no integer NOT NULL,
  provider text NOT NULL,
  started_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  outcome text,
  class text,
  code text,
  reason text,
  reference text,

  CONSTRAINT attempt_pkey PRIMARY KEY (delivery_id, attempt_no),
  CONSTRAINT attempt_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT attempt_outcome_check CHECK (outcome IN ('accepted', 'retry', 'refused', 'unknown', 'settled'))
);

-- Where a text went of which the address has been removed or replaced since: for taking it back, and for nothing else.
CREATE TABLE recall_address (
  delivery_id uuid NOT NULL,
  sealed text NOT NULL,
  mail_domain text,
  kept_until timestamptz(3) NOT NULL,

  CONSTRAINT recall_address_pkey PRIMARY KEY (delivery_id),
  CONSTRAINT recall_address_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery (id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX recall_address_kept_until_idx ON recall_address (kept_until);
