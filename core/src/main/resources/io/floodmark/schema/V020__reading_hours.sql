-- Readings by the hour, so that a chart of three years is as quick as one of a day. Every hour before rolled_until is
-- there, or has no readings, or is named in reading_late: who reads takes those, and all after it, from the readings.

CREATE TABLE reading_hour (
  sensor_id    integer NOT NULL,
  -- begin, a whole hour of UTC
  hour         timestamptz NOT NULL,
  first_at     timestamptz NOT NULL,
  last_at      timestamptz NOT NULL,
  -- sums that do not depend on how the sensor is mounted today
  depth_sum    bigint,
  distance_sum bigint,
  -- of depths as sent: all, and those without a distance beside them
  sent_sum     bigint,
  alone_sum    bigint,
  -- the same of depths that are not bad
  sound_sum    bigint,
  readings     integer NOT NULL,
  depths       integer NOT NULL,
  distances    integer NOT NULL,
  sents        integer NOT NULL,
  alones       integer NOT NULL,
  sounds       integer NOT NULL,
  min_mm       integer,
  max_mm       integer,
  qc_reasons   integer NOT NULL,
  -- the worst flag, by its place among io.floodmark.api.readings.Bucket.FLAGS_BEST_FIRST
  worst        smallint NOT NULL,
  PRIMARY KEY (sensor_id, hour)
);

-- Hours to which something came after they were told, written in its transaction. Only ever added to by whoever writes
-- readings, so that nobody waits; the same hour may stand here many times.
CREATE TABLE reading_late (
  sensor_id integer NOT NULL,
  hour      timestamptz NOT NULL
);
CREATE INDEX reading_late_of_sensor ON reading_late (sensor_id);

-- One row, once the first hours were told.
CREATE TABLE reading_rollup (
  one          boolean PRIMARY KEY DEFAULT true CHECK (one),
  rolled_until timestamptz NOT NULL
);

-- What is inserted by hand comes late, too.
CREATE OR REPLACE FUNCTION insert_whole_reading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reading SELECT l.* FROM lean_reading(NEW.observed_at, NEW.received_at, NEW.sensor_id,
    NEW.distance_mm, NEW.depth_mm, NEW.low_point_depth_mm, NEW.sent_depth_mm, NEW.rain_mm, NEW.temperature_c,
    NEW.housing_c, coalesce(NEW.qc_reasons, 0), NEW.battery_mv, NEW.rssi_dbm, NEW.qc, coalesce(NEW.backfill, false),
    coalesce(NEW.stamped, false), NEW.seq, NEW.device_ts_ms, coalesce(NEW.qc_tests, 0)) l;
  INSERT INTO reading_late VALUES (NEW.sensor_id, date_bin('1 hour', NEW.observed_at, 'epoch'));
  RETURN NEW;
END $$;
