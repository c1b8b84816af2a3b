-- Who can still pass: the limits of each way of travelling, and the stretches of streets that sensors speak for.

-- What a ward has set instead of the defaults of io.floodmark.passability.TravelMode; no row, the default.
CREATE TABLE travel_limit (
  mode       text PRIMARY KEY
             CHECK (mode IN ('footAdult', 'footChild', 'bicycle', 'motorbike', 'car', 'truck')),
  caution_mm integer NOT NULL CHECK (caution_mm >= 0),
  no_mm      integer NOT NULL CHECK (no_mm <= 5000),
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  CHECK (caution_mm <= no_mm)
);
COMMENT ON TABLE travel_limit IS 'Depths at the low point, in millimetres. For reference only.';

-- What is shown of every sensor has changed: rings as its readings would, 500 ids a ring (under 8,000 bytes).
CREATE FUNCTION travel_limit_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('floodmark_reading', ids)
  FROM (SELECT string_agg(id::text, ',') AS ids
        FROM (SELECT id, row_number() OVER (ORDER BY id) / 500 AS ring FROM sensor WHERE retired_at IS NULL) s
        GROUP BY ring) rings;
  RETURN NULL;
END $$;
CREATE TRIGGER travel_limit_changed AFTER INSERT OR UPDATE OR DELETE ON travel_limit
  FOR EACH STATEMENT EXECUTE FUNCTION travel_limit_changed();

-- A stretch of a street, as staff imported it. No PostGIS: what is asked of its course is asked in Java.
CREATE TABLE street_stretch (
  id             integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name           text NOT NULL CHECK (name <> '' AND length(name) <= 120),
  -- lines of [longitude, latitude], WGS 84: the coordinates of a MultiLineString (RFC 7946 section 3.1.5)
  lines          jsonb NOT NULL CHECK (jsonb_typeof(lines) = 'array'),
  positions      integer NOT NULL CHECK (positions >= 2),
  made_up        boolean NOT NULL DEFAULT false,
  version        integer NOT NULL DEFAULT 1,
  created_by     text NOT NULL,
  created_at     timestamptz NOT NULL,
  -- when somebody said which sensors speak for it; until then there are only proposals, which count for nothing
  sensors_set_by text,
  sensors_set_at timestamptz
);
CREATE TABLE street_sensor (
  stretch_id integer NOT NULL REFERENCES street_stretch ON DELETE CASCADE,
  sensor_id  integer NOT NULL REFERENCES sensor,
  PRIMARY KEY (stretch_id, sensor_id)
);
CREATE INDEX street_sensor_of_sensor ON street_sensor (sensor_id);

-- A file of stretches that was checked and waits to be taken in; kept for a day.
CREATE TABLE street_draft (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  made_by   text NOT NULL,
  made_at   timestamptz NOT NULL,
  file_name text NOT NULL,
  stretches jsonb NOT NULL
);
