-- What the duty group is told. The row is the truth: it is made once for what it tells, and sent until the robot has taken it.
CREATE TABLE duty_notice (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  subject text NOT NULL,
  notice jsonb NOT NULL,
  state text NOT NULL DEFAULT 'planned',
  may_have_arrived boolean NOT NULL DEFAULT false,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL,
  reason text,
  created_at timestamptz(3) NOT NULL,

  CONSTRAINT duty_notice_pkey PRIMARY KEY (id),
  CONSTRAINT duty_notice_state_check CHECK (state IN ('planned', 'sending', 'sent', 'failed'))
);
-- The same thing is told once, however many processes notice it.
CREATE UNIQUE INDEX duty_notice_subject_key ON duty_notice (subject);
CREATE INDEX duty_notice_state_next_attempt_at_idx ON duty_notice (state, next_attempt_at);
