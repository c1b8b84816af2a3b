-- Rows of the release with tests of readings, the life of alerts, and channels.
INSERT INTO reading_verdict (sensor_id, observed_at, test, qc_reason, flag, decided_by, decided_at)
SELECT sensor_id, min(observed_at), 'spike', 8, 4, max(observed_at), '2026-07-03T00:00Z' FROM reading WHERE sensor_id = 1 GROUP BY sensor_id;
INSERT INTO channel (kind, name, settings, secret, created_at, changed_at)
VALUES ('webhook', 'trực ban', '{"url":"https://ward.example/hook"}', 'a secret of the channel', '2026-07-03T00:00Z', '2026-07-03T00:00Z');
INSERT INTO alert (sensor_id, kind, state, level, peak_level, since, changed_at, parent_id)
VALUES (2, 'flood', 'active', 3, 3, '2026-07-03T00:00Z', '2026-07-03T00:00Z', NULL), (1, 'silent', 'active', 1, 1, '2026-07-03T00:00Z', '2026-07-03T00:00Z', 2);
INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level, occurred_at, recorded_at)
SELECT id, sensor_id, 'raised', 0, level, since, since FROM alert WHERE since = '2026-07-03T00:00Z' ORDER BY id;
UPDATE sensor SET attention_mm = 120, neighbours = '{pho-noi-02}' WHERE code = 'pho-noi-01';
