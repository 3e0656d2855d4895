// Makes the database refuse what is written about chosen payments, at the moment of COMMIT and in
// PostgreSQL's own words. It must never lie about what was committed.

import type { World } from './world.ts'

const INSTALL = `
  CREATE TABLE crash_faults (payment_id uuid PRIMARY KEY, state text NOT NULL);
  GRANT SELECT ON crash_faults TO PUBLIC;
  CREATE FUNCTION crash_fault() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      written jsonb := to_jsonb(NEW);
      armed text;
    BEGIN
      SELECT state INTO armed FROM public.crash_faults
      WHERE payment_id = coalesce(written ->> 'payment_id', written ->> 'target')::uuid;
      IF armed IS NOT NULL THEN
        RAISE EXCEPTION 'as the test wants' USING ERRCODE = armed;
      END IF;
      RETURN NULL;
    END
  $$;
  CREATE CONSTRAINT TRIGGER crash_fault AFTER INSERT ON payment_history
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash_fault();
  CREATE CONSTRAINT TRIGGER crash_fault AFTER UPDATE ON deliveries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash_fault();
  CREATE CONSTRAINT TRIGGER crash_fault AFTER UPDATE ON idempotency_keys
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash_fault();`

/** `40001`: could not serialize access; `53100`: no space left on the device. */
export type RefusedAs = '40001' | '53100'

export async function installWriteFaults({ sql }: Pick<World, 'sql'>): Promise<void> {
  await sql(INSTALL)
}

export async function refuseWrites(
  { sql }: Pick<World, 'sql'>,
  paymentIds: readonly string[],
  state: RefusedAs,
): Promise<void> {
  await sql('INSERT INTO crash_faults SELECT unnest($1::uuid[]), $2', [paymentIds, state])
}

export async function allowWrites({ sql }: Pick<World, 'sql'>): Promise<void> {
  await sql('DELETE FROM crash_faults')
}
