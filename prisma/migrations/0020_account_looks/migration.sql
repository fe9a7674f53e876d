-- What a provider account answered when it was last looked at: whether it can be used, what is filed there, what is left of money or
-- messages. One row an account, replaced as a whole; nothing of the sending waits for it or depends on it.
CREATE TABLE account_look (
  account text PRIMARY KEY,
  looked_at timestamptz(3) NOT NULL,
  problem text,
  filings jsonb,
  filings_problem text,
  balance text
);

-- The page of channels counts what each account did today and what went wrong this week. Attempts come in the order of time, so a few
-- summaries find them; unlike a tree they cost the sending nothing, nor keep an attempt's end from being written in its place.
CREATE INDEX attempt_started_at_idx ON attempt USING brin (started_at);
