-- Mobile numbers that WeCom knows nobody by, as keyed hashes, for a week: it counts who asks in vain, and refuses for long who does so often.
CREATE TABLE member_lookup (
  mobile_hash text NOT NULL,
  at timestamptz(3) NOT NULL,

  CONSTRAINT member_lookup_pkey PRIMARY KEY (mobile_hash)
);
