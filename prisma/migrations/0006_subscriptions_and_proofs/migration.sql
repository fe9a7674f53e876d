-- 自愿订阅, proof that an address is somebody's own, and what people ask to have put right.

CREATE TABLE subscription (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  publication_id uuid NOT NULL,
  name text NOT NULL,
  affiliation text NOT NULL,
  sections text[] DEFAULT ARRAY[]::text[],
  channel text NOT NULL,
  sealed text,
  lookup_hash text,
  masked text NOT NULL,
  state text NOT NULL DEFAULT 'requested',
  ref_hash text NOT NULL,
  end_token_hash text NOT NULL,
  requested_at timestamptz(3) NOT NULL,
  confirmed_at timestamptz(3),
  decided_at timestamptz(3),
  decided_by text,
  reason text,
  ended_at timestamptz(3),
  ended_via text,

  CONSTRAINT subscription_pkey PRIMARY KEY (id),
  CONSTRAINT subscription_publication_id_fkey FOREIGN KEY (publication_id) REFERENCES publication (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT subscription_channel_check CHECK (channel IN ('email', 'sms')),
  CONSTRAINT subscription_state_check CHECK (state IN ('requested', 'confirmed', 'active', 'rejected', 'ended', 'expired')),
  CONSTRAINT subscription_ended_via_check CHECK (ended_via IN ('page', 'oneClick', 'smsReply', 'office', 'replaced')),
  -- The address goes when it is no longer needed.
  CONSTRAINT subscription_address_check CHECK (
    (sealed IS NULL) = (lookup_hash IS NULL) AND (sealed IS NOT NULL OR state NOT IN ('requested', 'confirmed', 'active'))
  ),
  CONSTRAINT subscription_confirmed_check CHECK (confirmed_at IS NOT NULL OR state IN ('requested', 'expired')),
  CONSTRAINT subscription_ended_check CHECK ((state = 'ended') = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX subscription_ref_hash_key ON subscription (ref_hash);
CREATE UNIQUE INDEX subscription_end_token_hash_key ON subscription (end_token_hash);
-- One living subscription for an address and publication.
CREATE UNIQUE INDEX subscription_active_key ON subscription (publication_id, channel, lookup_hash) WHERE state = 'active';
CREATE INDEX subscription_state_requested_at_idx ON subscription (state, requested_at);
CREATE INDEX subscription_lookup_hash_idx ON subscription (lookup_hash);

-- An SMS somebody sent back. What was written is not kept, only the word that ends a subscription.
CREATE TABLE sms_reply (
  provider text NOT NULL,
  sequence_id text NOT NULL,
  lookup_hash text NOT NULL,
  keyword text NOT NULL,
  received_at timestamptz(3) NOT NULL,
  ended integer NOT NULL DEFAULT 0,

  CONSTRAINT sms_reply_pkey PRIMARY KEY (provider, sequence_id)
);

-- A code on its way to an address. Whoever asked for a subscription is told by the same way what the office decided.
CREATE TABLE address_proof (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  contact_id uuid,
  subscription_id uuid,
  channel text NOT NULL,
  sealed text NOT NULL,
  lookup_hash text NOT NULL,
  asked_by text NOT NULL,
  nonce text NOT NULL,
  code_hash text NOT NULL,
  token_hash text NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  sending text NOT NULL DEFAULT 'planned',
  decision text,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL,
  reason text,

  CONSTRAINT address_proof_pkey PRIMARY KEY (id),
  CONSTRAINT address_proof_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contact (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT address_proof_subscription_id_fkey FOREIGN KEY (subscription_id)
    REFERENCES subscription (id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT address_proof_channel_check CHECK (channel IN ('email', 'sms', 'wecom')),
  CONSTRAINT address_proof_sending_check CHECK (sending IN ('planned', 'sent', 'failed')),
  CONSTRAINT address_proof_decision_check CHECK (decision IN ('approved', 'rejected')),
  CONSTRAINT address_proof_subject_check CHECK ((contact_id IS NULL) <> (subscription_id IS NULL))
);
CREATE UNIQUE INDEX address_proof_token_hash_key ON address_proof (token_hash);
CREATE INDEX address_proof_lookup_hash_created_at_idx ON address_proof (lookup_hash, created_at);
CREATE INDEX address_proof_asked_by_created_at_idx ON address_proof (asked_by, created_at);
CREATE INDEX address_proof_contact_id_idx ON address_proof (contact_id);
CREATE INDEX address_proof_subscription_id_idx ON address_proof (subscription_id);
-- Due work.
CREATE INDEX address_proof_due_idx ON address_proof (next_attempt_at) WHERE sending = 'planned';

-- What people ask to have put right, and what they are answered, quotes numbers and addresses: kept sealed like these.
CREATE TABLE amendment_request (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  person_id uuid NOT NULL,
  sealed_text text NOT NULL,
  state text NOT NULL DEFAULT 'open',
  created_at timestamptz(3) NOT NULL,
  answered_at timestamptz(3),
  answered_by text,
  sealed_answer text,

  CONSTRAINT amendment_request_pkey PRIMARY KEY (id),
  CONSTRAINT amendment_request_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT amendment_request_state_check CHECK (state IN ('open', 'done', 'declined')),
  CONSTRAINT amendment_request_answered_check CHECK ((state = 'open') = (answered_at IS NULL))
);
CREATE INDEX amendment_request_person_id_idx ON amendment_request (person_id);
CREATE INDEX amendment_request_state_created_at_idx ON amendment_request (state, created_at);
