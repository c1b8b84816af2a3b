-- What Grafana, QGIS and spreadsheets read. Columns are only ever added, at the end.

-- The flag of a reading as it stands: the one that it came with, and what later readings said of it.
CREATE OR REPLACE VIEW export_reading AS
SELECT s.code AS sensor_code, r.observed_at, r.received_at, r.distance_mm, r.depth_mm, r.low_point_depth_mm,
       CASE WHEN r.qc = 9 THEN coalesce(v.flag, r.qc) ELSE greatest(r.qc, v.flag) END AS qc,
       r.battery_mv, r.rssi_dbm, r.temperature_c
FROM reading r
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
