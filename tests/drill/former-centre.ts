// An earlier centre's database as a dump would make it: its own names, tenge with decimals, times without a zone,
// and rows that nobody would write on purpose.

import { createHash } from 'node:crypto'

export const FORMER_ZONE = 'Europe/Berlin'

/** What a row's fate must be; null: it comes over. */
export const ODD_ROWS: Readonly<Record<string, string | null>> = {
  'ODD-SKIPPED-HOUR': 'time_does_not_exist',
  'ODD-REPEATED-HOUR': 'time_is_ambiguous',
  'ODD-CENTS': null,
  'ODD-ORDER-1': null,
  'ODD-ORDER-2': 'external_id_taken',
  'ODD-STATUS': 'word_unknown',
  'ODD-NOBODY': null,
  'ODD-HUGE': 'amount_too_large',
  'ODD-NO-METHOD': 'paid_without_method',
  'ODD-MONEY-1': null,
  'ODD-MONEY-2': 'money_booked_already',
  'ODD-SUMS': 'sums_disagree',
  'ODD-STRANGER': 'source_unknown',
  'ODD-PHONE': null,
}

export const TOKENS = [1, 2].map((number) =>
  createHash('sha256').update(`former token ${number}`).digest('hex'),
) as [string, string]

export const FORMER_SECRET = 'a jwt secret of before'

/** A payment that still has time. */
export const OPEN_ID = createHash('md5').update('open').digest('hex').toUpperCase()

export interface FormerCentreOptions {
  readonly webhookUrl: string
  readonly payments: number
}

export function formerCentreSql({ payments, webhookUrl }: FormerCentreOptions): string {
  return `
    CREATE TABLE api_sources (id integer, name text, kind text, country text, active integer,
      api_token text, webhook_url text, jwt_secret text);
    INSERT INTO api_sources VALUES
      (1, 'Сайт туров', 'site', 'Казахстан', 1, '${TOKENS[0]}', '${webhookUrl}', '${FORMER_SECRET}'),
      (2, 'Приложение', 'app', NULL, 1, '${TOKENS[1]}', NULL, NULL);

    CREATE TABLE kaspi_terminals (id integer, title text, ip_address text, port integer);
    INSERT INTO kaspi_terminals VALUES (3, 'Терминал 3', 'http://127.0.0.9', 8080);

    CREATE TABLE transactions (transaction_id text, source_id integer, status text,
      amount numeric(30, 2), paid_amount numeric(30, 2), commission numeric(30, 2), method text,
      created_at timestamp, paid_at timestamp, expires_at timestamp, updated_at timestamp,
      order_no text, description text, client_name text, client_phone text, client_email text,
      metadata text, terminal_id integer, kaspi_id text);
    CREATE TABLE transaction_log (transaction_id text, status text, at timestamp);

    INSERT INTO transactions
    SELECT upper(md5(n::text)), 1 + n % 2,
      (ARRAY['paid', 'paid', 'paid', 'new', 'cancelled', 'error', 'partial', 'in_process'])[1 + n % 8],
      n + 100 + (n % 100) / 100.0, CASE WHEN n % 8 < 3 THEN ceil((n + 100 + (n % 100) / 100.0) * 1.01)
        WHEN n % 8 = 6 THEN ceil((n + 100) / 2.0) END,
      NULL, CASE WHEN n % 8 IN (3, 4) THEN NULL ELSE 'gold' END,
      timestamp '2024-01-05 10:00:00' + n * interval '97 minutes',
      CASE WHEN n % 8 < 3 OR n % 8 = 6
        THEN timestamp '2024-01-05 10:03:00' + n * interval '97 minutes' END,
      NULL, NULL, NULL, 'Тур ' || n, 'Клиент ' || n, '+7701' || lpad(n::text, 7, '0'), NULL,
      '{"order_id": "' || n || '"}', 3, 'K' || n
    FROM generate_series(1, ${payments}) AS n
    -- The hour that the clocks of this zone skip, and the one that they repeat, have rows of their own.
    WHERE to_char(timestamp '2024-01-05 10:00:00' + n * interval '97 minutes', 'MM-DD HH24')
      NOT IN ('03-31 02', '10-27 02', '03-30 02', '10-26 02')
      AND to_char(timestamp '2024-01-05 10:03:00' + n * interval '97 minutes', 'MM-DD HH24')
      NOT IN ('03-31 02', '10-27 02', '03-30 02', '10-26 02');

    INSERT INTO transaction_log
    SELECT transaction_id, 'new', created_at FROM transactions WHERE source_id = 1
    UNION ALL
    SELECT transaction_id, 'paid', paid_at FROM transactions WHERE source_id = 1 AND status = 'paid';

    INSERT INTO transactions (transaction_id, source_id, status, amount, paid_amount, commission,
      method, created_at, paid_at, order_no, client_phone, terminal_id, kaspi_id) VALUES
      ('ODD-SKIPPED-HOUR', 1, 'new', 100, NULL, NULL, NULL, '2025-03-30 02:30:00', NULL, NULL, NULL, NULL, NULL),
      ('ODD-REPEATED-HOUR', 1, 'new', 100, NULL, NULL, NULL, '2025-10-26 02:30:00', NULL, NULL, NULL, NULL, NULL),
      ('ODD-CENTS', 1, 'paid', 10000.55, 10101, 100.45, 'gold', '2025-07-01 12:00:00', '2025-07-01 12:01:00', NULL, NULL, 3, 'C1'),
      ('ODD-ORDER-1', 1, 'paid', 100, 101, 1, 'gold', '2025-07-01 12:00:00', '2025-07-01 12:01:00', 'A-17', NULL, 3, 'C2'),
      ('ODD-ORDER-2', 1, 'paid', 100, 101, 1, 'gold', '2025-07-01 12:10:00', '2025-07-01 12:11:00', 'A-17', NULL, 3, 'C3'),
      ('ODD-STATUS', 1, 'hold', 100, NULL, NULL, NULL, '2025-07-01 12:00:00', NULL, NULL, NULL, NULL, NULL),
      ('ODD-NOBODY', 2, 'paid', 5000, 5050, NULL, 'gold', '2025-07-01 12:00:00', '2025-07-01 12:01:00', NULL, NULL, 3, NULL),
      ('ODD-HUGE', 1, 'paid', 99999999999999999, 99999999999999999, NULL, 'gold', '2025-07-01 12:00:00', '2025-07-01 12:01:00', NULL, NULL, 3, 'C5'),
      ('ODD-NO-METHOD', 1, 'paid', 100, 101, 1, NULL, '2025-07-01 12:00:00', '2025-07-01 12:01:00', NULL, NULL, 3, 'C6'),
      ('ODD-MONEY-1', 1, 'paid', 100, 101, 1, 'gold', '2025-07-01 12:00:00', '2025-07-01 12:01:00', NULL, NULL, 3, 'TWICE'),
      ('ODD-MONEY-2', 1, 'paid', 100, 101, 1, 'gold', '2025-07-02 12:00:00', '2025-07-02 12:01:00', 'A-18', NULL, 3, 'TWICE'),
      ('ODD-SUMS', 1, 'paid', 100, 150, 1, 'gold', '2025-07-01 12:00:00', '2025-07-01 12:01:00', NULL, NULL, 3, 'C8'),
      ('ODD-STRANGER', 9, 'new', 100, NULL, NULL, NULL, '2025-07-01 12:00:00', NULL, NULL, NULL, NULL, NULL),
      ('ODD-PHONE', 2, 'new', 100, NULL, NULL, NULL, '2025-07-01 12:00:00', NULL, NULL, 'звоните вечером', NULL, NULL);
    INSERT INTO transactions (transaction_id, source_id, status, amount, created_at, expires_at)
    VALUES ('${OPEN_ID}', 1, 'new', 1000, (now() AT TIME ZONE '${FORMER_ZONE}') - interval '5 minutes',
      (now() AT TIME ZONE '${FORMER_ZONE}') + interval '2 days');`
}
