-- Cards with a button: what redraws one, what was taken back, and which calls of a provider have come.

-- By which a message that was sent can be redrawn, once: whoever takes the row does it. Rows live for three days.
CREATE TABLE message_handle (
  delivery_id uuid NOT NULL,
  account text NOT NULL,
  handle text NOT NULL,
  sent_at timestamptz(3) NOT NULL,

  CONSTRAINT message_handle_pkey PRIMARY KEY (delivery_id),
  CONSTRAINT message_handle_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery (id) ON DELETE CASCADE ON UPDATE CASCADE
);
-- What can be forgotten.
CREATE INDEX message_handle_sent_at_idx ON message_handle (sent_at);

-- Messages of withdrawn issues that a provider was asked to take back. The row comes before the asking, which happens once;
-- `code` is null when it was taken back, and until there is an answer.
CREATE TABLE message_recall (
  delivery_id uuid NOT NULL,
  asked_at timestamptz(3) NOT NULL,
  answered_at timestamptz(3),
  code text,
  reason text,

  CONSTRAINT message_recall_pkey PRIMARY KEY (delivery_id),
  CONSTRAINT message_recall_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery (id) ON DELETE CASCADE ON UPDATE CASCADE
);

-- Signed calls that have come, as long as they could be believed a second time.
CREATE TABLE callback_call (
  provider text NOT NULL,
  signature text NOT NULL,
  at timestamptz(3) NOT NULL,

  CONSTRAINT callback_call_pkey PRIMARY KEY (provider, signature)
);
CREATE INDEX callback_call_at_idx ON callback_call (at);
