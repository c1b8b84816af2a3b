-- Rows of the release with staff, register, plates and reports.
INSERT INTO residential_group (code, name) VALUES ('tdp-1', 'Tổ dân phố số 1');
INSERT INTO staff (login, name, role, password_hash, password_changed_at, created_at)
VALUES ('lan', 'Trần Thị Lan', 'admin', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA', '2026-07-01T00:00Z', '2026-07-01T00:00Z');
INSERT INTO staff_scope SELECT s.id, g.id FROM staff s, residential_group g;
INSERT INTO api_token (name, token_sha256, rights, created_by, created_at)
SELECT 'bảng điện tử', sha256('token'), '{mqtt.subscribe,register.see}', id, '2026-07-01T00:00Z' FROM staff;
INSERT INTO wrong_guess VALUES ('password', 'lan', 1, '2026-07-01T00:00Z', '2026-07-01T00:00Z');
INSERT INTO audit_entry (at, staff_id, actor, action, subject, detail)
SELECT '2026-07-01T00:00Z', id, login, 'staff.add', 'staff 1', '{"role":"admin"}' FROM staff;
INSERT INTO asset (kind, ref, name, lon, lat, number, street, group_id, details, created_at, updated_at)
SELECT 'tree', 'T' || n, 'Cây phượng ' || n, 106.07, 20.94, '12/5A', 'Phố Nối', g.id, '{"species":"Delonix regia"}', '2026-07-01T00:00Z', '2026-07-01T00:00Z'
FROM residential_group g, generate_series(1, 3) n;
UPDATE asset SET merged_into = 2 WHERE id = 3;
INSERT INTO asset_history (asset_id, version, at, actor, action, changes)
SELECT id, 1, created_at, 'lan', 'created', '{"species":[null,"Delonix regia"]}' FROM asset;
INSERT INTO photo (key, jpeg, preview, width, height, created_at)
SELECT 'AAAAAAAAAAAAAAAAAAAAA' || n, decode(repeat('ffd8000a095c', 500), 'hex'), '\xffd8', 640, 480, '2026-07-01T00:00Z' FROM generate_series(1, 2) n;
INSERT INTO asset_photo (asset_id, photo_id, caption) VALUES (1, 1, 'mặt đường');
INSERT INTO care_record (asset_id, kind, done_on, recorded_at, actor, signer, findings, photo_id, seal)
SELECT 1, 'inspection', date '2026-07-01' + n, '2026-07-02T00:00Z', 'lan', 'Nguyễn Văn A', 'lần ' || n, 1, sha256('') FROM generate_series(1, 3) n;
INSERT INTO household (asset_id, head_name, phone, people, needs_help, consent_on, consent_how, updated_at)
VALUES (2, 'Nguyễn Văn B', '0900000000', 4, true, '2026-07-01', 'phiếu', '2026-07-01T00:00Z');
INSERT INTO plate (code, asset_id, state, made_at, mounted_at)
VALUES ('AAAAAAAAA1', 1, 'mounted', '2026-07-01T00:00Z', '2026-07-02T00:00Z');
INSERT INTO plate_event (code, kind, at, actor, asset_id) VALUES ('AAAAAAAAA1', 'mounted', '2026-07-02T00:00Z', 'lan', 1);
INSERT INTO report (number, secret_sha256, category, flood_depth, text, sensor_id, language, state, state_since, created_at)
VALUES ('26-0001', sha256('r'), 'flood', 'knee', 'Ngập sâu', 1, 'vi', 'received', '2026-07-02T00:00Z', '2026-07-02T00:00Z');
INSERT INTO report_event (report_id, at, kind, actor) VALUES (1, '2026-07-02T00:00Z', 'received', 'reporter');
INSERT INTO report_photo (report_id, photo_id) VALUES (1, 2);
