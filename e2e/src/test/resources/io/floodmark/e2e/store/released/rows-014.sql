-- Rows of the release with who gets through and how floods drain.
INSERT INTO travel_limit VALUES ('car', 200, 350, 'lan', '2026-07-04T00:00Z');
INSERT INTO street_stretch (name, lines, positions, created_by, created_at) VALUES ('Nguyễn Văn Linh', '[[[106.07,20.94],[106.08,20.95]]]', 2, 'lan', '2026-07-04T00:00Z');
INSERT INTO street_sensor VALUES (1, 1);
INSERT INTO recession (alert_id, sensor_id, ended_at, from_mm, tau_minutes, exponential_rmse_mm, mm_per_min, linear_rmse_mm)
SELECT id, sensor_id, cleared_at, 400, 41.123456789012345, 3.5, 2.1, 9 FROM alert WHERE state = 'cleared';
