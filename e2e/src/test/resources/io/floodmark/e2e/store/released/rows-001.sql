-- Rows of the first release: a street with a flood that is over and one that goes on.
INSERT INTO sensor (code, name, kind, lon, lat, mount_height_mm, report_interval_s, gateway, zone, street, token_sha256, created_at)
VALUES ('pho-noi-01', 'Ngã tư Phố Nối', 'distance', 106.071, 20.941, 2500, 60, 'gw-1', 'trung-tâm', 'Nguyễn Văn Linh', sha256('a'), '2026-05-01T00:00Z'),
       ('pho-noi-02', E'Chợ "Bần", cạnh\tmương', 'depth', 106.072, 20.942, NULL, 300, NULL, NULL, NULL, sha256('b'), '2026-05-01T00:00Z'),
       ('rain-01', 'Vũ lượng kế', 'rain', 106.073, 20.943, NULL, 300, NULL, NULL, NULL, sha256('c'), '2026-05-01T00:00Z');
INSERT INTO sensor_status (sensor_id, status, since) SELECT id, 'online', '2026-07-01T00:00Z' FROM sensor WHERE kind = 'depth';
SELECT ensure_reading_partition('2026-06-01T00:00Z'), ensure_reading_partition('2026-07-01T00:00Z');
INSERT INTO reading (observed_at, received_at, sensor_id, distance_mm, depth_mm, low_point_depth_mm, temperature_c, battery_mv, rssi_dbm, qc, seq)
SELECT t, t + interval '0.123 s', s.id, 2500 - n % 400, n % 400, n % 400, 30.1 + n % 7, 3600, -70, 1 + 2 * (n % 2), n
FROM sensor s, LATERAL (SELECT n, timestamptz '2026-06-28T00:00Z' + n * interval '3 h' AS t FROM generate_series(0, 59) n) readings
WHERE s.code = 'pho-noi-01';
-- With a clock that runs a hundred years ahead, and one error code as the device sent it.
INSERT INTO reading (observed_at, received_at, sensor_id, sent_depth_mm, depth_mm, qc, qc_reasons, device_ts_ms)
SELECT at::timestamptz, '2026-07-03T00:00Z', id, 65535, NULL, 4, 1, 5000000000000
FROM sensor, unnest(ARRAY['2126-01-01T00:00Z', '2026-07-03T00:00Z']) at WHERE code = 'pho-noi-02';
INSERT INTO rejected_message (received_at, sensor_id, topic, reason, detail, size_bytes, payload)
SELECT '2026-07-03T00:00Z', id, 'sensors/pho-noi-02/readings', 'unparseable', E'line 1\nline 2 \\N', 4, '\x00ff0a09' FROM sensor WHERE code = 'pho-noi-02';
INSERT INTO rejected_tally VALUES ('2026-07-03', 0, 'unparseable', 1);
INSERT INTO alert (sensor_id, kind, state, level, peak_level, since, changed_at, cleared_at)
SELECT id, 'flood', 'cleared', 1, 4, timestamptz '2026-06-30T00:00Z', timestamptz '2026-06-30T06:00Z', timestamptz '2026-06-30T06:00Z' FROM sensor WHERE code = 'pho-noi-01'
UNION ALL
SELECT id, 'flood', 'active', 2, 2, timestamptz '2026-07-02T00:00Z', timestamptz '2026-07-02T00:00Z', NULL FROM sensor WHERE code = 'pho-noi-01';
INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level, occurred_at, recorded_at)
SELECT id, sensor_id, 'raised', 0, peak_level, since, since FROM alert
UNION ALL
SELECT id, sensor_id, 'cleared', level, 0, cleared_at, cleared_at FROM alert WHERE state = 'cleared';
UPDATE sensor_state SET alert_id = 2, alert_level = 2, level = 2, memory = '{"good":[1,2]}' WHERE sensor_id = 1;
