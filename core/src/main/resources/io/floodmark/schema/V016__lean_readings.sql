-- Readings in 64 bytes instead of 104. Values as devices send them fit small columns, and a row in which none is missing
-- has no list of missing ones (24 bytes ahead of it instead of 32). What does not fit stands in `more`, so nothing is lost.
-- Whoever reads takes the view whole_reading, which has every value under its name, as the table had.

-- Small enough for two bytes, or null.
CREATE FUNCTION in_two_bytes(value double precision) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN value BETWEEN -32768 AND 32767 THEN value::smallint END;

-- Hundredths of a degree, where they say exactly what was sent in 32 bits; else null.
CREATE FUNCTION in_hundredths(degrees real) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (round(degrees::float8 * 100) / 100)::real = degrees
       THEN in_two_bytes(round(degrees::float8 * 100)) END;

-- Flags by test, three bits each as io.floodmark.quality.TestFlags has them, of flags in two bits each.
CREATE FUNCTION qc_tests_of(flags integer) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ((flags >> 0 & 3)::bigint << 0) | ((flags >> 2 & 3)::bigint << 3) | ((flags >> 4 & 3)::bigint << 6)
     | ((flags >> 6 & 3)::bigint << 9) | ((flags >> 8 & 3)::bigint << 12) | ((flags >> 10 & 3)::bigint << 15)
     | ((flags >> 12 & 3)::bigint << 18) | ((flags >> 14 & 3)::bigint << 21) | ((flags >> 16 & 3)::bigint << 24)
     | ((flags >> 18 & 3)::bigint << 27) | ((flags >> 20 & 3)::bigint << 30) | ((flags >> 22 & 3)::bigint << 33)
     | ((flags >> 24 & 3)::bigint << 36);

-- The reverse; null if a flag does not fit two bits (bad, missing).
CREATE FUNCTION qc_tests_in_flags(tests bigint) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN tests >= 0 AND tests < 1::bigint << 39 AND tests & 314146179364 = 0
       THEN (((tests >> 0 & 3) << 0) | ((tests >> 3 & 3) << 2) | ((tests >> 6 & 3) << 4) | ((tests >> 9 & 3) << 6)
     | ((tests >> 12 & 3) << 8) | ((tests >> 15 & 3) << 10) | ((tests >> 18 & 3) << 12)
     | ((tests >> 21 & 3) << 14) | ((tests >> 24 & 3) << 16) | ((tests >> 27 & 3) << 18)
     | ((tests >> 30 & 3) << 20) | ((tests >> 33 & 3) << 22) | ((tests >> 36 & 3) << 24))::integer END;

-- The old table steps aside, with the names that the new one takes.
DO $$
DECLARE
  part record;
BEGIN
  LOCK TABLE reading IN ACCESS EXCLUSIVE MODE;
  IF (SELECT relkind = 'p' FROM pg_class WHERE oid = 'reading'::regclass) THEN
    FOR part IN
      SELECT i.indexrelid::regclass AS index, ic.relname AS index_name, c.relname AS name
      FROM pg_partition_tree('reading') t
      JOIN pg_class c ON c.oid = t.relid
      JOIN pg_index i ON i.indrelid = t.relid
      JOIN pg_class ic ON ic.oid = i.indexrelid
      WHERE t.isleaf
    LOOP
      EXECUTE format('ALTER INDEX %s RENAME TO %I', part.index, 'wide_' || part.index_name);
      EXECUTE format('ALTER TABLE %I RENAME TO %I', part.name, 'wide_' || part.name);
    END LOOP;
  END IF;
END $$;
ALTER TABLE reading RENAME TO wide_reading;
ALTER INDEX reading_pkey RENAME TO wide_reading_pkey;

-- Wide columns first, so that nothing is lost between them. Nothing is null that a complete reading of a distance has:
-- a single null costs eight bytes, and after it further ones save what they leave out.
CREATE TABLE reading (
  observed_at        timestamptz NOT NULL,
  sensor_id          integer NOT NULL,
  lag_ms             integer,
  flags              integer NOT NULL,
  seq                integer,
  measured_mm        smallint,
  depth_mm           smallint,
  low_point_delta_mm smallint,
  temperature_centi  smallint,
  housing_centi      smallint,
  battery_mv         smallint,
  rssi_dbm           smallint,
  more               text NOT NULL DEFAULT '',
  PRIMARY KEY (sensor_id, observed_at)
) PARTITION BY RANGE (observed_at);
COMMENT ON TABLE reading IS 'As small as it can be; read whole_reading instead.';
COMMENT ON COLUMN reading.lag_ms IS 'How long after observed_at it was received, milliseconds; negative where its clock is ahead.';
COMMENT ON COLUMN reading.flags IS
  'Bits 0 to 25: two for the flag of each test by its number, 0 not run; 26 to 28: qc, 5 for 9; 29: backfill; 30: stamped; 31: measured_mm is a depth.';
COMMENT ON COLUMN reading.measured_mm IS 'As sent: the distance, or the depth of a sensor that sends no distance.';
COMMENT ON COLUMN reading.low_point_delta_mm IS
  'How much deeper the low point lay then. Its depth is known from 30 mm at the sensor on; null: not known.';
COMMENT ON COLUMN reading.more IS
  'JSON object, or empty: what only few readings have (rain_mm, qc_reasons, device_ts_ms), and what does not fit its column, by the names of whole_reading.';

-- A row of `reading` of the values that whole_reading names. io.floodmark.ingest.commit.CopyEncoder does the same in Java.
CREATE FUNCTION lean_reading(
  at timestamptz, received_at timestamptz, sensor integer, distance_mm integer, depth integer,
  low_point_depth_mm integer, sent_depth_mm integer, rain_mm real, temperature_c real, housing_c real,
  qc_reasons integer, battery integer, rssi smallint, qc smallint, backfill boolean, stamped boolean,
  number bigint, device_ts_ms bigint, qc_tests bigint)
RETURNS TABLE (
  observed_at timestamptz, sensor_id integer, lag_ms integer, flags integer, seq integer, measured_mm smallint,
  depth_mm smallint, low_point_delta_mm smallint, temperature_centi smallint, housing_centi smallint,
  battery_mv smallint, rssi_dbm smallint, more text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT at, sensor,
    CASE WHEN fits.lag THEN (fits.lag_ms)::integer END,
    coalesce(qc_tests_in_flags(qc_tests), 0) | ((CASE qc WHEN 9 THEN 5 ELSE qc END)::integer << 26)
      | (backfill::integer << 29) | (stamped::integer << 30)
      | ((NOT fits.distance AND fits.sent_depth)::integer << 31),
    CASE WHEN number <= 2147483647 THEN number::integer END,
    in_two_bytes(coalesce(distance_mm, sent_depth_mm)),
    in_two_bytes(depth),
    CASE WHEN fits.low_point THEN in_two_bytes(low_point_depth_mm::bigint - depth)
         WHEN low_point_depth_mm IS NULL AND depth < 30 THEN 0 END,
    in_hundredths(temperature_c), in_hundredths(housing_c), in_two_bytes(battery), rssi,
    CASE WHEN fits.all_of_it THEN '' ELSE jsonb_strip_nulls(jsonb_build_object(
      'received_at_ms', CASE WHEN NOT fits.lag THEN round(extract(epoch FROM received_at) * 1000)::bigint END,
      'qc_reasons', nullif(qc_reasons, 0),
      'qc_tests', CASE WHEN qc_tests_in_flags(qc_tests) IS NULL THEN qc_tests END,
      'distance_mm', CASE WHEN in_two_bytes(distance_mm) IS NULL THEN distance_mm END,
      'depth_mm', CASE WHEN in_two_bytes(depth) IS NULL THEN depth END,
      'low_point_depth_mm', CASE WHEN NOT fits.low_point THEN low_point_depth_mm END,
      'sent_depth_mm', CASE WHEN fits.distance OR NOT fits.sent_depth THEN sent_depth_mm END,
      'rain_mm', rain_mm,
      'temperature_c', CASE WHEN in_hundredths(temperature_c) IS NULL THEN temperature_c END,
      'housing_c', CASE WHEN in_hundredths(housing_c) IS NULL THEN housing_c END,
      'battery_mv', CASE WHEN in_two_bytes(battery) IS NULL THEN battery END,
      'seq', CASE WHEN number > 2147483647 THEN number END,
      'device_ts_ms', device_ts_ms))::text END
  FROM (
    SELECT found.*,
      found.lag AND coalesce(qc_reasons, 0) = 0 AND qc_tests_in_flags(qc_tests) IS NOT NULL
        AND (distance_mm IS NULL OR in_two_bytes(distance_mm) IS NOT NULL)
        AND (depth IS NULL OR in_two_bytes(depth) IS NOT NULL)
        AND (low_point_depth_mm IS NULL OR found.low_point)
        AND (sent_depth_mm IS NULL OR NOT found.distance AND found.sent_depth)
        AND (temperature_c IS NULL OR in_hundredths(temperature_c) IS NOT NULL)
        AND (housing_c IS NULL OR in_hundredths(housing_c) IS NOT NULL)
        AND (battery IS NULL OR in_two_bytes(battery) IS NOT NULL)
        AND (number IS NULL OR number <= 2147483647)
        AND rain_mm IS NULL AND device_ts_ms IS NULL AS all_of_it
    FROM (
      SELECT lag_ms, lag_ms BETWEEN -2147483648 AND 2147483647 AS lag,
        distance_mm IS NOT NULL AS distance,
        in_two_bytes(sent_depth_mm) IS NOT NULL AS sent_depth,
        coalesce(depth >= 30 AND in_two_bytes(depth) IS NOT NULL
          AND in_two_bytes(low_point_depth_mm::bigint - depth) IS NOT NULL, false) AS low_point
      FROM (SELECT round(extract(epoch FROM received_at - at) * 1000)::bigint AS lag_ms) AS l
    ) AS found
  ) AS fits
$$;

-- Indexes are built once the rows are in: that is quicker, and leaves them full.
DO $$
DECLARE
  part record;
  copy text := 'INSERT INTO %s SELECT l.* FROM %s w, LATERAL lean_reading(w.observed_at, w.received_at, w.sensor_id,
    w.distance_mm, w.depth_mm, w.low_point_depth_mm, w.sent_depth_mm, w.rain_mm, w.temperature_c, w.housing_c,
    w.qc_reasons, w.battery_mv, w.rssi_dbm, w.qc, w.backfill, w.stamped, w.seq, w.device_ts_ms, w.qc_tests) l';
BEGIN
  IF (SELECT relkind = 'p' FROM pg_class WHERE oid = 'wide_reading'::regclass) THEN
    FOR part IN
      SELECT t.relid::regclass AS source, substr(c.relname, length('wide_') + 1) AS name,
        pg_get_expr(c.relpartbound, c.oid) AS bounds
      FROM pg_partition_tree('wide_reading') t
      JOIN pg_class c ON c.oid = t.relid
      WHERE t.isleaf
    LOOP
      EXECUTE format('CREATE TABLE %I (LIKE reading INCLUDING ALL EXCLUDING INDEXES)', part.name);
      EXECUTE format(copy, part.name, part.source);
      EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (sensor_id, observed_at)', part.name);
      EXECUTE format('ALTER TABLE reading ATTACH PARTITION %I %s', part.name, part.bounds);
    END LOOP;
  ELSE
    ALTER TABLE reading RENAME TO partitioned_reading;
    ALTER INDEX reading_pkey RENAME TO partitioned_reading_pkey;
    CREATE TABLE reading (LIKE partitioned_reading INCLUDING ALL);
    DROP TABLE partitioned_reading;
    PERFORM create_hypertable('reading', by_range('observed_at', interval '7 days'), create_default_indexes => false);
    EXECUTE format(copy, 'reading', 'wide_reading');
  END IF;
END $$;

-- Only until the repeatable views are laid, which is at once: the old table could not go while a view reads it.
CREATE OR REPLACE VIEW export_reading AS
SELECT NULL::text AS sensor_code, observed_at, observed_at AS received_at, NULL::integer AS distance_mm,
  NULL::integer AS depth_mm, NULL::integer AS low_point_depth_mm, NULL::smallint AS qc, NULL::integer AS battery_mv,
  NULL::smallint AS rssi_dbm, NULL::real AS temperature_c
FROM reading WHERE false;
DROP TABLE wide_reading;

-- Rows by hand, and what comes from elsewhere, go in by insert into whole_reading.
CREATE FUNCTION insert_whole_reading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO reading SELECT l.* FROM lean_reading(NEW.observed_at, NEW.received_at, NEW.sensor_id,
    NEW.distance_mm, NEW.depth_mm, NEW.low_point_depth_mm, NEW.sent_depth_mm, NEW.rain_mm, NEW.temperature_c,
    NEW.housing_c, coalesce(NEW.qc_reasons, 0), NEW.battery_mv, NEW.rssi_dbm, NEW.qc, coalesce(NEW.backfill, false),
    coalesce(NEW.stamped, false), NEW.seq, NEW.device_ts_ms, coalesce(NEW.qc_tests, 0)) l;
  RETURN NEW;
END $$;
