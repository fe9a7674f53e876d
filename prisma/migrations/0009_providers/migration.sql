-- Providers: what stops an account, what limits it, and what it tells us.

-- Closed for a while, or until a person mends the configuration. A channel may have several accounts.
CREATE TABLE account_gate (
  account text NOT NULL,
  closed_until timestamptz(3),
  circuit_open boolean NOT NULL DEFAULT false,
  failures integer NOT NULL DEFAULT 0,
  trips integer NOT NULL DEFAULT 0,
  suspended_until timestamptz(3),
  reason text,
  changed_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT account_gate_pkey PRIMARY KEY (account)
);

-- Token buckets that all workers share.
CREATE TABLE rate_bucket (
  key text NOT NULL,
  full_at timestamptz(3)[],
  idle_at timestamptz(3) NOT NULL,

  CONSTRAINT rate_bucket_pkey PRIMARY KEY (key)
);

-- What was rung on a day in Beijing: as long as that is not more than the daily cap, nobody can be above it.
CREATE TABLE notice_day (
  day date NOT NULL,
  edition_id uuid NOT NULL,
  purpose text NOT NULL,
  round integer NOT NULL,

  CONSTRAINT notice_day_pkey PRIMARY KEY (day, edition_id, purpose, round)
);

-- Everything a provider told us about a delivery, kept as it came; `applied_at` once it moved its delivery, or was too late to.
CREATE TABLE delivery_report (
  id bigserial NOT NULL,
  provider text NOT NULL,
  delivery_id uuid NOT NULL,
  status text NOT NULL,
  code text NOT NULL,
  reason text NOT NULL,
  address_dead boolean,
  reported_at timestamptz(3) NOT NULL,
  given_at timestamptz(3),
  received_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  applied_at timestamptz(3),

  CONSTRAINT delivery_report_pkey PRIMARY KEY (id),
  CONSTRAINT delivery_report_status_check CHECK (status IN ('delivered', 'failed', 'pending'))
);
-- Providers repeat themselves. The name is cut off at PostgreSQL's 63 characters.
CREATE UNIQUE INDEX delivery_report_provider_delivery_id_status_code_reported_a_key
  ON delivery_report (provider, delivery_id, status, code, reported_at);
-- Due work.
CREATE INDEX delivery_report_new_idx ON delivery_report (received_at) WHERE applied_at IS NULL;

-- What is pushed and not believed: how many rows were odd or of nobody, the newest odd ones, wrong keys.
CREATE TABLE callback_count (
  day date NOT NULL,
  provider text NOT NULL,
  what text NOT NULL,
  n integer NOT NULL,

  CONSTRAINT callback_count_pkey PRIMARY KEY (day, provider, what)
);

CREATE TABLE callback_odd_row (
  id bigserial NOT NULL,
  provider text NOT NULL,
  problem text NOT NULL,
  row text NOT NULL,
  received_at timestamptz(3) NOT NULL,

  CONSTRAINT callback_odd_row_pkey PRIMARY KEY (id)
);

CREATE TABLE callback_wrong_key (
  peer_hash text NOT NULL,
  n integer NOT NULL,
  last_at timestamptz(3) NOT NULL,

  CONSTRAINT callback_wrong_key_pkey PRIMARY KEY (peer_hash)
);
