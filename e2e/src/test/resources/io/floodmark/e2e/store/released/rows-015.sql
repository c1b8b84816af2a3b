-- Rows of the release with MQTT sessions that outlive a restart.
INSERT INTO mqtt_session VALUES (nextval('mqtt_run') * 4294967296, 'token 1', 'board', 1, 3600, NULL);
INSERT INTO mqtt_subscription SELECT id, 'levels/#', 1, false, false, 0, NULL FROM mqtt_session;
INSERT INTO mqtt_received SELECT id, 7 FROM mqtt_session;
INSERT INTO mqtt_retained VALUES ('sensors/pho-noi-01/config', '{"report_interval_s":60}', '', 1, NULL);
