-- Every value of a reading under its name, however small the table keeps it (V016). Ours, and not for others.
-- `more` is looked into only where a column has nothing.
CREATE OR REPLACE VIEW whole_reading AS
SELECT r.observed_at,
  coalesce(r.observed_at + r.lag_ms * interval '1 ms',
    timestamptz 'epoch' + (nullif(r.more, '')::jsonb ->> 'received_at_ms')::bigint * interval '1 ms') AS received_at,
  r.sensor_id,
  coalesce(CASE WHEN r.flags >= 0 THEN r.measured_mm END,
    (nullif(r.more, '')::jsonb ->> 'distance_mm')::integer) AS distance_mm,
  coalesce(r.depth_mm, (nullif(r.more, '')::jsonb ->> 'depth_mm')::integer) AS depth_mm,
  coalesce(CASE WHEN r.depth_mm >= 30 THEN r.depth_mm::integer + r.low_point_delta_mm END,
    (nullif(r.more, '')::jsonb ->> 'low_point_depth_mm')::integer) AS low_point_depth_mm,
  coalesce(CASE WHEN r.flags < 0 THEN r.measured_mm END,
    (nullif(r.more, '')::jsonb ->> 'sent_depth_mm')::integer) AS sent_depth_mm,
  (nullif(r.more, '')::jsonb ->> 'rain_mm')::real AS rain_mm,
  coalesce((r.temperature_centi / 100.0::float8)::real,
    (nullif(r.more, '')::jsonb ->> 'temperature_c')::real) AS temperature_c,
  coalesce((r.housing_centi / 100.0::float8)::real,
    (nullif(r.more, '')::jsonb ->> 'housing_c')::real) AS housing_c,
  coalesce((nullif(r.more, '')::jsonb ->> 'qc_reasons')::integer, 0) AS qc_reasons,
  coalesce(r.battery_mv, (nullif(r.more, '')::jsonb ->> 'battery_mv')::integer) AS battery_mv,
  r.rssi_dbm,
  CASE r.flags >> 26 & 7 WHEN 5 THEN 9 ELSE r.flags >> 26 & 7 END::smallint AS qc,
  r.flags >> 29 & 1 = 1 AS backfill,
  r.flags >> 30 & 1 = 1 AS stamped,
  coalesce(r.seq, (nullif(r.more, '')::jsonb ->> 'seq')::bigint) AS seq,
  (nullif(r.more, '')::jsonb ->> 'device_ts_ms')::bigint AS device_ts_ms,
  coalesce((nullif(r.more, '')::jsonb ->> 'qc_tests')::bigint, qc_tests_of(r.flags)) AS qc_tests
FROM reading r;
CREATE OR REPLACE TRIGGER insert_whole_reading INSTEAD OF INSERT ON whole_reading
  FOR EACH ROW EXECUTE FUNCTION insert_whole_reading();

-- The hours of a sensor between two moments, from its readings and what later ones say of them.
CREATE OR REPLACE FUNCTION readings_by_hour(of_sensor integer, first timestamptz, past timestamptz) RETURNS SETOF reading_hour
LANGUAGE sql STABLE AS $$
  SELECT of_sensor, date_bin('1 hour', observed_at, 'epoch') AS hour, min(observed_at), max(observed_at),
    sum(depth_mm), sum(distance_mm), sum(sent_depth_mm), sum(sent_depth_mm) FILTER (WHERE distance_mm IS NULL),
    sum(depth_mm) FILTER (WHERE qc <> 4),
    count(*)::integer, count(depth_mm)::integer, count(distance_mm)::integer, count(sent_depth_mm)::integer,
    (count(sent_depth_mm) FILTER (WHERE distance_mm IS NULL))::integer,
    (count(depth_mm) FILTER (WHERE qc <> 4))::integer,
    min(depth_mm) FILTER (WHERE qc <> 4), max(depth_mm) FILTER (WHERE qc <> 4),
    bit_or(reasons),
    max(CASE qc WHEN 9 THEN 0 WHEN 2 THEN 1 WHEN 1 THEN 2 WHEN 3 THEN 3 ELSE 4 END)::smallint
  FROM (
    SELECT r.observed_at, r.depth_mm, r.distance_mm, r.sent_depth_mm,
      r.qc_reasons | coalesce(v.reasons, 0) AS reasons,
      CASE WHEN r.qc = 9 THEN coalesce(v.flag, r.qc) ELSE greatest(r.qc, v.flag) END AS qc
    FROM whole_reading r
    LEFT JOIN (
      SELECT observed_at, max(flag) AS flag, bit_or(qc_reason) AS reasons
      FROM reading_verdict
      WHERE sensor_id = of_sensor AND observed_at >= first AND observed_at < past
      GROUP BY observed_at
    ) AS v ON v.observed_at = r.observed_at
    WHERE r.sensor_id = of_sensor AND r.observed_at >= first AND r.observed_at < past
  ) AS judged
  GROUP BY 2
$$;

-- What Grafana, QGIS and spreadsheets read. Columns are only ever added, at the end.

-- The flag of a reading as it stands: the one that it came with, and what later readings said of it.
CREATE OR REPLACE VIEW export_reading AS
SELECT s.code AS sensor_code, r.observed_at, r.received_at, r.distance_mm, r.depth_mm, r.low_point_depth_mm,
       CASE WHEN r.qc = 9 THEN coalesce(v.flag, r.qc) ELSE greatest(r.qc, v.flag) END AS qc,
       r.battery_mv, r.rssi_dbm, r.temperature_c
FROM whole_reading r
JOIN sensor s ON s.id = r.sensor_id
LEFT JOIN LATERAL (
  SELECT max(flag) AS flag FROM reading_verdict WHERE sensor_id = r.sensor_id AND observed_at = r.observed_at
) v ON true;

CREATE OR REPLACE VIEW export_sensor AS
SELECT s.code, s.name, s.kind, s.lon, s.lat, s.mount_height_mm, s.low_point_delta_mm, s.report_interval_s,
       s.attention_mm, s.warning_mm, s.danger_mm, s.severe_mm, s.gateway, s.zone, s.street, s.made_up,
       s.created_at, s.retired_at, st.observed_at AS latest_observed_at, st.depth_mm AS latest_depth_mm,
       st.low_point_depth_mm AS latest_low_point_depth_mm, st.qc AS latest_qc, st.level AS latest_level
FROM sensor s
LEFT JOIN sensor_state st ON st.sensor_id = s.id;

CREATE OR REPLACE VIEW export_alert AS
SELECT a.id, s.code AS sensor_code, a.kind, a.state, a.level, a.peak_level, a.since, a.changed_at, a.cleared_at,
       a.zone, a.gateway, a.parent_id, a.acknowledged_at, a.shelved_until, a.suppressed, a.closed_at
FROM alert a
LEFT JOIN sensor s ON s.id = a.sensor_id;

-- Houses and trees as they stand; no code of a plate, nobody's name.
CREATE OR REPLACE VIEW export_asset AS
SELECT a.id, a.kind, a.ref, a.name, a.lon, a.lat, a.number, a.street, a.place, g.code AS group_code, a.state,
       a.details, a.verified_at, a.made_up, a.created_at, a.updated_at
FROM asset a
LEFT JOIN residential_group g ON g.id = a.group_id
WHERE a.merged_into IS NULL;
