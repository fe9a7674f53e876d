-- Times: which days are worked, and whose turn recurring work is.

-- Days that are not what the week says: statutory holidays, and the Saturdays and Sundays worked for them (调休).
CREATE TABLE calendar_day (
  day date NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  source text NOT NULL,

  CONSTRAINT calendar_day_pkey PRIMARY KEY (day),
  CONSTRAINT calendar_day_kind_check CHECK (kind IN ('holiday', 'workday'))
);

-- 国务院办公厅关于2025年部分节假日安排的通知, 12 November 2024; …2026年…, 4 November 2025
INSERT INTO calendar_day (day, kind, name, source)
SELECT g.day::date, p.kind, p.name, CASE WHEN p.first < '2026-01-01' THEN '国办发明电〔2024〕12号' ELSE '国办发明电〔2025〕7号' END
FROM (VALUES
  (DATE '2025-01-01', DATE '2025-01-01', 'holiday', '元旦'),
  (DATE '2025-01-26', DATE '2025-01-26', 'workday', '春节调休'),
  (DATE '2025-01-28', DATE '2025-02-04', 'holiday', '春节'),
  (DATE '2025-02-08', DATE '2025-02-08', 'workday', '春节调休'),
  (DATE '2025-04-04', DATE '2025-04-06', 'holiday', '清明节'),
  (DATE '2025-04-27', DATE '2025-04-27', 'workday', '劳动节调休'),
  (DATE '2025-05-01', DATE '2025-05-05', 'holiday', '劳动节'),
  (DATE '2025-05-31', DATE '2025-06-02', 'holiday', '端午节'),
  (DATE '2025-09-28', DATE '2025-09-28', 'workday', '国庆节、中秋节调休'),
  (DATE '2025-10-01', DATE '2025-10-08', 'holiday', '国庆节、中秋节'),
  (DATE '2025-10-11', DATE '2025-10-11', 'workday', '国庆节、中秋节调休'),
  (DATE '2026-01-01', DATE '2026-01-03', 'holiday', '元旦'),
  (DATE '2026-01-04', DATE '2026-01-04', 'workday', '元旦调休'),
  (DATE '2026-02-14', DATE '2026-02-14', 'workday', '春节调休'),
  (DATE '2026-02-15', DATE '2026-02-23', 'holiday', '春节'),
  (DATE '2026-02-28', DATE '2026-02-28', 'workday', '春节调休'),
  (DATE '2026-04-04', DATE '2026-04-06', 'holiday', '清明节'),
  (DATE '2026-05-01', DATE '2026-05-05', 'holiday', '劳动节'),
  (DATE '2026-05-09', DATE '2026-05-09', 'workday', '劳动节调休'),
  (DATE '2026-06-19', DATE '2026-06-21', 'holiday', '端午节'),
  (DATE '2026-09-20', DATE '2026-09-20', 'workday', '国庆节调休'),
  (DATE '2026-09-25', DATE '2026-09-27', 'holiday', '中秋节'),
  (DATE '2026-10-01', DATE '2026-10-07', 'holiday', '国庆节'),
  (DATE '2026-10-10', DATE '2026-10-10', 'workday', '国庆节调休')
) AS p(first, last, kind, name), generate_series(p.first, p.last, INTERVAL '1 day') AS g(day);

-- Work that recurs is done once however many processes there are: whoever moves `next_at` has the turn.
CREATE TABLE scheduled_turn (
  name text NOT NULL,
  next_at timestamptz(3) NOT NULL,

  CONSTRAINT scheduled_turn_pkey PRIMARY KEY (name)
);
