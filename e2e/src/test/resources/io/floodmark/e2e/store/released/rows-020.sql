-- Rows of the release with small readings, hours of them, and messages that wait for MQTT sessions. They follow on those of
-- before once these are migrated: until then readings were wide.
SELECT ensure_reading_partition('2026-11-01T00:00Z');
-- One that is complete; one whose values fit no small column; one of rain, late, with a clock that was wrong.
INSERT INTO reading
SELECT l.* FROM sensor s
CROSS JOIN LATERAL lean_reading('2026-11-21T06:00Z', '2026-11-21T06:00:00.25Z', s.id, 2400, 100, 100, NULL, NULL, 28.12, 30.5, 0, 3710, -71::smallint, 1::smallint, false, false, 17, NULL, 1) l
WHERE s.code = 'pho-noi-01';
INSERT INTO reading
SELECT l.* FROM sensor s
CROSS JOIN LATERAL lean_reading('2026-11-21T06:00Z', '2026-11-21T06:00:01Z', s.id, NULL, NULL, NULL, 70000, NULL, 28.123, NULL, 1, NULL, NULL, 4::smallint, false, true, 5000000000, 1, 36) l
WHERE s.code = 'pho-noi-02';
INSERT INTO reading
SELECT l.* FROM sensor s
CROSS JOIN LATERAL lean_reading('2026-11-20T06:00Z', '2026-11-21T06:00:01Z', s.id, NULL, NULL, NULL, NULL, 2.4, NULL, NULL, 0, NULL, NULL, 1::smallint, true, false, NULL, 1795154400000, 1) l
WHERE s.code = 'rain-01';
INSERT INTO reading_hour (sensor_id, hour, first_at, last_at, depth_sum, distance_sum, sound_sum, readings, depths, distances, sents, alones, sounds, min_mm, max_mm, qc_reasons, worst)
SELECT sensor_id, observed_at, observed_at, observed_at, depth_mm, measured_mm, depth_mm, 1, 1, 1, 0, 0, 1, depth_mm, depth_mm, 0, 1
FROM reading WHERE sensor_id = 1 AND observed_at < '2026-07-01T00:00Z';
INSERT INTO reading_late VALUES (1, '2026-06-28T03:00Z'), (1, '2026-06-28T03:00Z'), (3, '2026-11-20T06:00Z');
INSERT INTO reading_rollup VALUES (true, '2026-07-01T00:00Z');
UPDATE sensor_state SET memory = '{"good": [1,2], "good": [3]}' WHERE sensor_id = 2;
UPDATE mqtt_session SET left_at = '2026-11-21T06:00Z';
INSERT INTO mqtt_subscription SELECT id, '$share/screens/alerts/+', 2, true, true, 1, 7 FROM mqtt_session;
INSERT INTO mqtt_queued
SELECT id, 1, 9, false, 'sensors/pho-noi-01/config', '{"report_interval_s":60}'::bytea, '\x0101'::bytea, 1, true, timestamptz '2026-12-01T00:00Z', 1, false, false, '7,8', '$share/screens/alerts/+' FROM mqtt_session
UNION ALL
SELECT id, 2, 10, true, '', ''::bytea, ''::bytea, 2, false, NULL, 2, false, true, '', NULL FROM mqtt_session;
INSERT INTO mqtt_retained VALUES ('ward/notice', E'\\x00ff', '\x0101', 2, '2026-12-01T00:00Z');
-- Tables of earlier releases that had no row yet.
INSERT INTO sensor_offset (sensor_id, offset_mm, nights, readings, spread_mm, state, proposed_at, decided_at, decided_by, valid_from)
VALUES (1, -12, 5, 300, 4, 'accepted', '2026-11-19T00:00Z', '2026-11-20T00:00Z', 'lan', '2026-11-20T00:00Z');
INSERT INTO group_person (group_id, name, duty, phone) VALUES (1, 'Nguyễn Thị Tổ Trưởng', 'tổ trưởng', '0911111111');
INSERT INTO official_bulletin (scale, level, place, source, link, valid_from, valid_until, recorded_at, recorded_by)
VALUES ('alarm', 2, 'sông Luộc', 'đài khí tượng', 'https://met.example/7', '2026-11-20T00:00Z', '2026-11-22T00:00Z', '2026-11-20T00:00Z', 'lan');
INSERT INTO plate_batch (made_at, staff_id, actor, format, note) VALUES ('2026-11-20T00:00Z', 1, 'lan', 'plate60', 'đợt một');
INSERT INTO report_message (report_id, at, text) VALUES (1, '2026-11-20T00:00Z', 'Xe rút nước đang đến');
INSERT INTO staff_session (token_sha256, staff_id, csrf_token, created_at, seen_at, expires_at, address, device)
VALUES (sha256('session'), 1, 'csrf', '2026-11-20T00:00Z', '2026-11-20T01:00Z', '2026-11-21T00:00Z', '10.0.0.1', 'Firefox');
INSERT INTO delivery (outbox_id, channel_id, at, attempt, outcome, detail, took_ms, said)
SELECT min(id), min(channel_id), '2026-07-03T00:00:01Z', 1, 'retry', 'HTTP 503', 120, '{"level":3}' FROM outbox;
INSERT INTO cap_message (identifier, outbox_id, msg_type, status, sender, sent, reference, expires, headline, document)
SELECT 'pho-noi-1', min(id), 'Alert', 'Actual', 'ward.example', '2026-07-03T00:00:01Z', 'ward.example,pho-noi-1,2026-07-03T00:00:01-00:00', '2026-07-03T06:00Z', 'Ngập sâu', '<alert/>' FROM outbox;
