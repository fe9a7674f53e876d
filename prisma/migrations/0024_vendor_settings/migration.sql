-- Settings of SMS vendors that are entered at the console: sealed, with what stood there before so that a change can be taken back. A
-- row is never deleted, so the highest revision tells every process whether it has seen the newest.
CREATE TABLE vendor_setting (
  vendor text PRIMARY KEY,
  sealed text,
  previous text,
  revision integer NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  changed_by text NOT NULL,
  changed_by_id text NOT NULL
);
