-- Providers that echo nothing of ours report under numbers of their own, one for each part of a long message.
--
-- A row begins with whichever comes first: the provider's yes, which binds the number to a delivery, or the report, which may
-- overtake the yes. Rows live for days: see PartRepository.
CREATE TABLE message_part (
  provider text NOT NULL,
  reference text NOT NULL,
  delivery_id uuid,
  attempt_no integer,
  status text,
  code text,
  reason text,
  reported_at timestamptz(3),
  noted_at timestamptz(3) NOT NULL,
  joined_at timestamptz(3),

  CONSTRAINT message_part_pkey PRIMARY KEY (provider, reference),
  CONSTRAINT message_part_status_check CHECK (status IN ('delivered', 'failed'))
);
-- All parts of one message.
CREATE INDEX message_part_delivery_id_idx ON message_part (delivery_id);
-- What can be forgotten.
CREATE INDEX message_part_noted_at_idx ON message_part (noted_at);
-- News that can be told of a delivery.
CREATE INDEX message_part_news_idx ON message_part (provider) WHERE joined_at IS NULL AND delivery_id IS NOT NULL AND status IS NOT NULL;
