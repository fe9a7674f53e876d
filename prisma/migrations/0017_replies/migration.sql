-- Replies by SMS that only a person can settle: which copy they acknowledge, if any. Number and text are sealed, and forgotten some
-- time after: see ReplyInboxRepository. Replies that acknowledge or end something by themselves leave their evidence there instead.
CREATE TABLE inbox_reply (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  provider text NOT NULL,
  sequence_id text NOT NULL,
  -- Keyed; null once forgotten, as are the two that are sealed.
  lookup_hash text,
  sealed_number text,
  sealed_text text,
  masked text NOT NULL,
  -- The number it was sent to, where digits in it tell messages apart.
  sent_to text NOT NULL,
  meaning text NOT NULL,
  written_at timestamptz(3) NOT NULL,
  received_at timestamptz(3) NOT NULL,
  state text NOT NULL DEFAULT 'open',
  copy_id uuid,
  settled_at timestamptz(3),
  settled_by text,

  CONSTRAINT inbox_reply_pkey PRIMARY KEY (id),
  CONSTRAINT inbox_reply_copy_id_fkey FOREIGN KEY (copy_id) REFERENCES copy (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT inbox_reply_meaning_check CHECK (meaning IN ('acknowledges', 'ends', 'other')),
  CONSTRAINT inbox_reply_state_check CHECK (state IN ('open', 'acknowledged', 'nothing')),
  CONSTRAINT inbox_reply_settled_check CHECK ((state = 'open') = (settled_at IS NULL) AND (state = 'acknowledged') = (copy_id IS NOT NULL))
);
-- The same reply pushed again is in it once.
CREATE UNIQUE INDEX inbox_reply_provider_sequence_id_key ON inbox_reply (provider, sequence_id);
-- As the page lists them.
CREATE INDEX inbox_reply_state_received_at_idx ON inbox_reply (state, received_at);
-- How many of one number wait.
CREATE INDEX inbox_reply_waiting_idx ON inbox_reply (lookup_hash) WHERE state = 'open';

-- What was sent to the number that a reply comes from. Only of SMS: mail is never asked about by its destination.
CREATE INDEX delivery_number_idx ON delivery (destination) WHERE channel = 'sms';
