-- What staff manage: where things belong, and rates whose past is not rewritten.

-- A country that anything belongs to cannot be removed, however many ask at once.
ALTER TABLE sources ADD CONSTRAINT sources_country FOREIGN KEY (country_iso) REFERENCES countries;
ALTER TABLE terminals ADD CONSTRAINT terminals_country FOREIGN KEY (country_iso) REFERENCES countries;
ALTER TABLE payment_methods
  ADD CONSTRAINT payment_methods_country FOREIGN KEY (country_iso) REFERENCES countries;

ALTER TABLE method_rates
  ADD COLUMN id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT method_rates_id UNIQUE;

-- M11: payments were quoted at rates of the past. Only a rate that has not begun may be withdrawn; a new
-- one begins now or later, unless it is the first of its method.
CREATE FUNCTION keep_past_rates() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
    DECLARE
      refused boolean;
    BEGIN
      CASE TG_OP
        WHEN 'INSERT' THEN
          refused := NEW.valid_from < date_trunc('milliseconds', statement_timestamp())
            AND EXISTS (SELECT FROM method_rates WHERE method_id = NEW.method_id);
        WHEN 'DELETE' THEN refused := OLD.valid_from <= centre_now();
        ELSE refused := true;
      END CASE;
      IF refused THEN
        RAISE EXCEPTION 'rates of the past may not change'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'method_rates_past';
      END IF;
      RETURN coalesce(NEW, OLD);
    END
  $$;
CREATE TRIGGER method_rates_past BEFORE INSERT OR UPDATE OR DELETE ON method_rates
  FOR EACH ROW EXECUTE FUNCTION keep_past_rates();
