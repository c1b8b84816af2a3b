-- The register: houses, trees and whatever else the ward tags.

-- Text as people type it into a search: without accents, small letters. đ has no decomposition.
CREATE FUNCTION plain_text(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT translate(lower(regexp_replace(normalize($1, NFD), U&'[\0300-\036F]', '', 'g')), U&'\0111\0110', 'dd')
$$;

-- What can be registered, and the fields of each kind. Further kinds are rows, not code.
-- fields: [{key, type: text|integer|length|year|date|choice|yesno, vi, en, required, public, min, max, unit: cm|m,
--           options: [{value, vi, en}]}]; a length is stored in whole millimetres and shown in its unit.
CREATE TABLE asset_kind (
  code     text PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9-]{0,31}$'),
  name_vi  text NOT NULL,
  name_en  text NOT NULL,
  fields   jsonb NOT NULL DEFAULT '[]',
  enabled  boolean NOT NULL DEFAULT true,
  position integer NOT NULL
);

CREATE TABLE asset (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind        text NOT NULL REFERENCES asset_kind,
  -- the ward's own number, or the one of the list that it came from
  ref         text,
  name        text,
  lon         double precision NOT NULL CHECK (lon BETWEEN -180 AND 180),
  lat         double precision NOT NULL CHECK (lat BETWEEN -90 AND 90),
  number      text,
  street      text,
  place       text,
  group_id    integer REFERENCES residential_group,
  state       text NOT NULL DEFAULT 'in_use' CHECK (state IN ('planned', 'in_use', 'removed')),
  details     jsonb NOT NULL DEFAULT '{}',
  -- stands where that one stood: a tree planted for a felled one
  replaces_id bigint REFERENCES asset,
  -- found to be the same thing as that one; kept for its history
  merged_into bigint REFERENCES asset,
  verified_at timestamptz,
  verified_by integer REFERENCES staff,
  source      text,
  made_up     boolean NOT NULL DEFAULT false,
  version     integer NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  -- "12/5A" is found as 12 and 5a: PostgreSQL's own parser would take it for the name of a file
  words       tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, regexp_replace(plain_text(
                coalesce(ref, '') || ' ' || coalesce(name, '') || ' ' || coalesce(number, '') || ' '
                || coalesce(street, '') || ' ' || coalesce(place, '') || ' '
                || coalesce(details ->> 'species', '') || ' ' || coalesce(details ->> 'commonName', '')),
                '[^a-z0-9]+', ' ', 'g'))) STORED
);
CREATE INDEX asset_place ON asset USING gist (point(lon, lat)) WHERE merged_into IS NULL;
CREATE INDEX asset_words ON asset USING gin (words);
CREATE UNIQUE INDEX asset_ref ON asset (kind, ref) WHERE ref IS NOT NULL AND merged_into IS NULL;
-- the list of the register: its first page, and how many there are, without reading the rows
CREATE INDEX asset_updated ON asset (updated_at, id) WHERE merged_into IS NULL AND state <> 'removed';
CREATE INDEX asset_group ON asset (group_id, kind);
CREATE INDEX asset_street ON asset (kind, plain_text(street), number) WHERE merged_into IS NULL;
CREATE INDEX asset_merged ON asset (merged_into) WHERE merged_into IS NOT NULL;

-- What was changed, by whom and why. Only ever added to.
CREATE TABLE asset_history (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  asset_id bigint NOT NULL REFERENCES asset,
  version  integer NOT NULL,
  at       timestamptz NOT NULL,
  staff_id integer REFERENCES staff,
  actor    text NOT NULL,
  action   text NOT NULL CHECK (action IN
             ('created', 'imported', 'edited', 'verified', 'merged', 'absorbed', 'photo', 'removed')),
  reason   text,
  -- fields that changed: {"species": [before, after], ...}
  changes  jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX asset_history_asset ON asset_history (asset_id, id);
CREATE TRIGGER asset_history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON asset_history
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Re-encoded, at most 400,000 bytes, without metadata. In the database, so that ten processes are as good as one.
CREATE TABLE photo (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- the name in its address: 128 random bits, so that no photo leads to another
  key        text NOT NULL UNIQUE CHECK (key ~ '^[A-Za-z0-9_-]{22}$'),
  jpeg       bytea NOT NULL CHECK (length(jpeg) <= 400000),
  preview    bytea NOT NULL CHECK (length(preview) <= 60000),
  width      integer NOT NULL CHECK (width > 0),
  height     integer NOT NULL CHECK (height > 0),
  staff_id   integer REFERENCES staff,
  created_at timestamptz NOT NULL
);
-- Compressed already.
ALTER TABLE photo ALTER COLUMN jpeg SET STORAGE EXTERNAL, ALTER COLUMN preview SET STORAGE EXTERNAL;

CREATE TABLE asset_photo (
  asset_id  bigint NOT NULL REFERENCES asset,
  photo_id  bigint NOT NULL REFERENCES photo ON DELETE CASCADE,
  caption   text,
  is_public boolean NOT NULL DEFAULT false,
  PRIMARY KEY (asset_id, photo_id)
);
CREATE INDEX asset_photo_photo ON asset_photo (photo_id);

-- Inspections and care: a legal record. Nothing in it is ever rewritten; a correction is an entry of its own.
CREATE TABLE care_record (
  -- drawn by the trigger below, whatever is given
  id          bigint PRIMARY KEY,
  asset_id    bigint NOT NULL REFERENCES asset,
  kind        text NOT NULL CHECK (kind IN ('inspection', 'watering', 'pruning', 'propping', 'fertilising',
                'pest_control', 'planting', 'moving', 'felling', 'repair', 'cleaning', 'other')),
  done_on     date NOT NULL,
  recorded_at timestamptz NOT NULL,
  staff_id    integer REFERENCES staff,
  actor       text NOT NULL,
  -- who answers for it: the signer of the inspection or the contractor
  signer      text NOT NULL CHECK (signer <> ''),
  findings    text,
  condition   text,
  risk        text,
  next_due    date,
  photo_id    bigint REFERENCES photo,
  corrects_id bigint REFERENCES care_record,
  -- SHA-256 over the entry before it on the same asset and over this one: what is rewritten breaks the chain
  seal        bytea NOT NULL CHECK (length(seal) = 32)
);
CREATE INDEX care_record_asset ON care_record (asset_id, id);
CREATE INDEX care_record_photo ON care_record (photo_id) WHERE photo_id IS NOT NULL;
CREATE TRIGGER care_record_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON care_record
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION care_record_seal(entry care_record, seal_before bytea) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(coalesce(seal_before, '\x'::bytea) || convert_to(jsonb_build_array(
    entry.asset_id, entry.kind, entry.done_on, extract(epoch FROM entry.recorded_at), entry.actor, entry.signer,
    entry.findings, entry.condition, entry.risk, entry.next_due, entry.photo_id, entry.corrects_id)::text, 'UTF8'))
$$;
CREATE SEQUENCE care_record_number OWNED BY care_record.id;
CREATE FUNCTION seal_care_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before bytea;
BEGIN
  -- one writer at a time on a chain
  PERFORM 1 FROM asset WHERE id = NEW.asset_id FOR UPDATE;
  -- only now: a number drawn before the wait would stand in the chain where it does not belong
  NEW.id := nextval('care_record_number');
  SELECT seal INTO before FROM care_record WHERE asset_id = NEW.asset_id ORDER BY id DESC LIMIT 1;
  NEW.seal := care_record_seal(NEW, before);
  RETURN NEW;
END $$;
CREATE TRIGGER care_record_seal BEFORE INSERT ON care_record FOR EACH ROW EXECUTE FUNCTION seal_care_record();

-- The entries whose seal does not follow from what stands before them; empty is as it should be.
CREATE VIEW care_record_broken AS
SELECT id, asset_id
FROM (SELECT c.id, c.asset_id, c.seal,
             care_record_seal(c, lag(c.seal) OVER (PARTITION BY c.asset_id ORDER BY c.id)) AS expected
      FROM care_record c) chain
WHERE seal <> expected;

-- Who lives there, as far as help in a flood needs it. Read only by those it is granted to, and every look is audited.
CREATE TABLE household (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  asset_id    bigint NOT NULL REFERENCES asset,
  head_name   text NOT NULL CHECK (head_name <> ''),
  phone       text,
  people      integer CHECK (people BETWEEN 0 AND 200),
  elderly     integer CHECK (elderly BETWEEN 0 AND 200),
  children    integer CHECK (children BETWEEN 0 AND 200),
  needs_help  boolean NOT NULL DEFAULT false,
  note        text,
  -- when and how they agreed to its being kept
  consent_on  date NOT NULL,
  consent_how text NOT NULL CHECK (consent_how <> ''),
  version     integer NOT NULL DEFAULT 1,
  updated_at  timestamptz NOT NULL
);
CREATE INDEX household_asset ON household (asset_id);

-- An import under way or done: its file waits here between the dry run and the decision.
CREATE TABLE asset_import (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  staff_id    integer REFERENCES staff,
  actor       text NOT NULL,
  file_name   text NOT NULL,
  file        bytea,
  -- of all rows; null where a column of the file says it
  kind        text REFERENCES asset_kind,
  mapping     jsonb NOT NULL DEFAULT '{}',
  state       text NOT NULL CHECK (state IN ('uploaded', 'checking', 'checked', 'importing', 'done', 'failed', 'cancelled')),
  rows_total  integer,
  rows_done   integer NOT NULL DEFAULT 0,
  rows_bad    integer NOT NULL DEFAULT 0,
  rows_warned integer NOT NULL DEFAULT 0,
  rows_new    integer NOT NULL DEFAULT 0,
  rows_changed integer NOT NULL DEFAULT 0,
  -- the first thousand: [{row, column, cell, key, values, warning}]
  problems    jsonb NOT NULL DEFAULT '[]',
  -- all of them as CSV, compressed; goes with the file
  report      bytea,
  created_at  timestamptz NOT NULL,
  changed_at  timestamptz NOT NULL
);
ALTER TABLE asset_import ALTER COLUMN file SET STORAGE EXTERNAL, ALTER COLUMN report SET STORAGE EXTERNAL;

INSERT INTO asset_kind (code, name_vi, name_en, position, fields) VALUES
('tree', 'Cây xanh', 'Tree', 1, '[
  {"key":"species","type":"text","vi":"Tên khoa học","en":"Scientific name","required":true,"public":true,"max":120},
  {"key":"commonName","type":"text","vi":"Tên thường gọi","en":"Common name","required":true,"public":true,"max":120},
  {"key":"trunkDiameterMm","type":"length","unit":"cm","vi":"Đường kính thân ở 1,3 m","en":"Trunk diameter at 1.3 m","required":true,"public":true,"min":5,"max":6000},
  {"key":"heightMm","type":"length","unit":"m","vi":"Chiều cao","en":"Height","required":true,"public":true,"min":100,"max":80000},
  {"key":"crownMm","type":"length","unit":"m","vi":"Đường kính tán","en":"Crown diameter","public":true,"min":100,"max":60000},
  {"key":"plantedYear","type":"year","vi":"Năm trồng","en":"Year planted","required":true,"public":true,"min":1500,"max":2100},
  {"key":"condition","type":"choice","vi":"Tình trạng","en":"Condition","required":true,"public":true,"options":[
    {"value":"good","vi":"Tốt","en":"Good"},{"value":"fair","vi":"Trung bình","en":"Fair"},
    {"value":"poor","vi":"Kém","en":"Poor"},{"value":"dying","vi":"Sắp chết","en":"Dying"},
    {"value":"dead","vi":"Đã chết","en":"Dead"},{"value":"stump","vi":"Chỉ còn gốc","en":"Stump"}]},
  {"key":"risk","type":"choice","vi":"Nguy cơ gãy đổ","en":"Risk of falling","required":true,"options":[
    {"value":"low","vi":"Thấp","en":"Low"},{"value":"moderate","vi":"Vừa","en":"Moderate"},
    {"value":"high","vi":"Cao","en":"High"},{"value":"extreme","vi":"Rất cao","en":"Extreme"}]},
  {"key":"decreeCategory","type":"choice","vi":"Phân loại theo Nghị định 258/2025","en":"Category by Decree 258/2025","required":true,"public":true,"options":[
    {"value":"shade","vi":"Cây bóng mát","en":"Shade tree"},{"value":"old","vi":"Cây cổ thụ (từ 50 năm)","en":"Old tree (50 years or more)"},
    {"value":"conserved","vi":"Cây được bảo tồn","en":"Tree to be conserved"},{"value":"danger","vi":"Cây nguy hiểm","en":"Tree with danger risk"}]},
  {"key":"decreeUse","type":"choice","vi":"Phạm vi sử dụng","en":"Kind of use","public":true,"options":[
    {"value":"public","vi":"Sử dụng công cộng","en":"Public use"},{"value":"limited","vi":"Sử dụng hạn chế","en":"Limited use"},
    {"value":"special","vi":"Chuyên dụng","en":"Special use"}]},
  {"key":"stems","type":"integer","vi":"Số thân","en":"Stems","min":1,"max":50},
  {"key":"note","type":"text","vi":"Ghi chú nội bộ","en":"Internal note","max":2000}]'),
('house', 'Nhà', 'House', 2, '[
  {"key":"digitalAddress","type":"text","vi":"Địa chỉ số","en":"Digital address","public":true,"max":40},
  {"key":"floors","type":"integer","vi":"Số tầng","en":"Floors","min":1,"max":60},
  {"key":"use","type":"choice","vi":"Công năng","en":"Use","options":[
    {"value":"dwelling","vi":"Nhà ở","en":"Dwelling"},{"value":"shop","vi":"Cửa hàng","en":"Shop"},
    {"value":"mixed","vi":"Ở và kinh doanh","en":"Dwelling and shop"},{"value":"public","vi":"Công trình công cộng","en":"Public building"},
    {"value":"works","vi":"Nhà xưởng","en":"Works"}]},
  {"key":"note","type":"text","vi":"Ghi chú nội bộ","en":"Internal note","max":2000}]'),
('drain', 'Hố ga, cống', 'Drain', 3, '[
  {"key":"condition","type":"choice","vi":"Tình trạng","en":"Condition","required":true,"public":true,"options":[
    {"value":"good","vi":"Thông thoáng","en":"Clear"},{"value":"fair","vi":"Thoát chậm","en":"Slow"},{"value":"poor","vi":"Tắc","en":"Blocked"}]},
  {"key":"coverMm","type":"length","unit":"cm","vi":"Kích thước nắp","en":"Cover size","min":100,"max":5000},
  {"key":"note","type":"text","vi":"Ghi chú nội bộ","en":"Internal note","max":2000}]'),
('pump', 'Trạm bơm', 'Pump', 4, '[
  {"key":"condition","type":"choice","vi":"Tình trạng","en":"Condition","required":true,"public":true,"options":[
    {"value":"good","vi":"Hoạt động","en":"Working"},{"value":"fair","vi":"Hoạt động một phần","en":"Partly working"},{"value":"poor","vi":"Hỏng","en":"Out of order"}]},
  {"key":"capacityM3PerHour","type":"integer","vi":"Công suất (m³/giờ)","en":"Capacity (m³/h)","min":1,"max":1000000},
  {"key":"note","type":"text","vi":"Ghi chú nội bộ","en":"Internal note","max":2000}]'),
('shelter', 'Điểm tránh trú', 'Shelter', 5, '[
  {"key":"places","type":"integer","vi":"Sức chứa (người)","en":"Places","required":true,"public":true,"min":1,"max":100000},
  {"key":"note","type":"text","vi":"Ghi chú nội bộ","en":"Internal note","max":2000}]'),
('camera', 'Camera', 'Camera', 6, '[
  {"key":"condition","type":"choice","vi":"Tình trạng","en":"Condition","options":[
    {"value":"good","vi":"Hoạt động","en":"Working"},{"value":"poor","vi":"Hỏng","en":"Out of order"}]},
  {"key":"note","type":"text","vi":"Ghi chú nội bộ","en":"Internal note","max":2000}]'),
('light', 'Đèn đường', 'Street light', 7, '[
  {"key":"condition","type":"choice","vi":"Tình trạng","en":"Condition","required":true,"public":true,"options":[
    {"value":"good","vi":"Sáng","en":"Working"},{"value":"poor","vi":"Hỏng","en":"Out of order"}]},
  {"key":"note","type":"text","vi":"Ghi chú nội bộ","en":"Internal note","max":2000}]');
