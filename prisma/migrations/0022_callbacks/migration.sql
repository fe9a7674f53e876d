-- What providers push and is not believed: the time they gave, how many rows were odd or of nobody, the newest odd rows, wrong keys.
ALTER TABLE delivery_report ADD COLUMN given_at timestamptz(3);

CREATE TABLE callback_count (
  day date NOT NULL,
  provider text NOT NULL,
  what text NOT NULL,
  n integer NOT NULL,
  PRIMARY KEY (day, provider, what)
);

CREATE TABLE callback_odd_row (
  id bigserial PRIMARY KEY,
  provider text NOT NULL,
  problem text NOT NULL,
  row text NOT NULL,
  received_at timestamptz(3) NOT NULL
);

CREATE TABLE callback_wrong_key (
  peer_hash text PRIMARY KEY,
  n integer NOT NULL,
  last_at timestamptz(3) NOT NULL
);
