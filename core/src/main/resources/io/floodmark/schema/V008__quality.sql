-- How a sensor measures, how its readings are judged, and what later readings say of earlier ones.

ALTER TABLE sensor
  ADD COLUMN temperature_compensated boolean NOT NULL DEFAULT true,
  ADD COLUMN range_min_mm integer CHECK (range_min_mm BETWEEN 0 AND 100000),
  ADD COLUMN range_max_mm integer CHECK (range_max_mm BETWEEN 1 AND 100000),
  ADD COLUMN offset_mm    integer NOT NULL DEFAULT 0 CHECK (offset_mm BETWEEN -1000 AND 1000),
  ADD COLUMN quality      jsonb CHECK (jsonb_typeof(quality) = 'object'),
  ADD CHECK (range_min_mm < range_max_mm);
COMMENT ON COLUMN sensor.temperature_compensated IS
  'The device allows for the temperature of the air itself; else its distances are corrected by temperature_c.';
COMMENT ON COLUMN sensor.offset_mm IS
  'How much further away than the mount height says quiet nights show the ground; from sensor_offset.';
COMMENT ON COLUMN sensor.quality IS
  'Limits of the tests that differ from the defaults: io.floodmark.quality.QualitySettingsJson. Null for none.';

-- Flags of the tests that ran when the reading came, three bits each by io.floodmark.quality.TestFlags. With qc and
-- qc_reasons they are left alone afterwards; what later readings say goes to reading_verdict.
ALTER TABLE reading ADD COLUMN qc_tests bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN reading.qc_reasons IS 'Why qc is what it is: bits of io.floodmark.quality.QualityReason.';

-- What a later reading says of an earlier one: a spike is told from what comes after it.
CREATE TABLE reading_verdict (
  sensor_id   integer NOT NULL REFERENCES sensor,
  observed_at timestamptz NOT NULL,
  test        text NOT NULL,
  -- one bit of io.floodmark.quality.QualityReason
  qc_reason   integer NOT NULL,
  flag        smallint NOT NULL CHECK (flag IN (3, 4)),
  -- the reading that decided it, of the same sensor
  decided_by  timestamptz NOT NULL,
  decided_at  timestamptz NOT NULL,
  PRIMARY KEY (sensor_id, observed_at, qc_reason)
);
-- Rows leave only by age, with their readings.
CREATE TRIGGER reading_verdict_append_only BEFORE UPDATE OR TRUNCATE ON reading_verdict
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Offsets that were proposed from quiet nights, and what staff made of them. An accepted one is in force from
-- valid_from until valid_until, or still.
CREATE TABLE sensor_offset (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sensor_id   integer NOT NULL REFERENCES sensor,
  offset_mm   integer NOT NULL CHECK (offset_mm BETWEEN -1000 AND 1000),
  -- what it rests on
  nights      smallint NOT NULL CHECK (nights >= 1),
  readings    integer NOT NULL CHECK (readings >= 1),
  spread_mm   integer NOT NULL CHECK (spread_mm >= 0),
  state       text NOT NULL CHECK (state IN ('proposed', 'accepted', 'rejected', 'outdated')),
  proposed_at timestamptz NOT NULL,
  decided_at  timestamptz,
  decided_by  text,
  valid_from  timestamptz,
  valid_until timestamptz,
  CHECK ((state = 'proposed') = (decided_at IS NULL)),
  CHECK ((state = 'accepted') = (valid_from IS NOT NULL)),
  CHECK (valid_until >= valid_from)
);
CREATE UNIQUE INDEX sensor_offset_open ON sensor_offset (sensor_id) WHERE state = 'proposed';
CREATE UNIQUE INDEX sensor_offset_in_force ON sensor_offset (sensor_id) WHERE state = 'accepted' AND valid_until IS NULL;
CREATE INDEX sensor_offset_history ON sensor_offset (sensor_id, id);

-- An offset belongs to the mount height over which it was measured.
CREATE FUNCTION mount_height_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sensor_offset SET valid_until = statement_timestamp()
  WHERE sensor_id = NEW.id AND state = 'accepted' AND valid_until IS NULL;
  UPDATE sensor_offset SET state = 'outdated', decided_at = statement_timestamp()
  WHERE sensor_id = NEW.id AND state = 'proposed';
  NEW.offset_mm := 0;
  RETURN NEW;
END $$;
CREATE TRIGGER mount_height_changed BEFORE UPDATE OF mount_height_mm ON sensor
  FOR EACH ROW WHEN (OLD.mount_height_mm IS DISTINCT FROM NEW.mount_height_mm)
  EXECUTE FUNCTION mount_height_changed();
