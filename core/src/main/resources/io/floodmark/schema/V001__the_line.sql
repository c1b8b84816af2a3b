-- The first line: sensors, their readings, what was refused, and the alerts that followed.
-- This file is the contract between the process that writes and the processes that read.
-- Times are timestamptz in UTC; lengths are whole millimetres.

CREATE TABLE sensor (
  id                 integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code               text NOT NULL UNIQUE CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$'),
  name               text NOT NULL CHECK (name <> ''),
  kind               text NOT NULL CHECK (kind IN ('distance', 'depth', 'rain')),
  lon                double precision NOT NULL CHECK (lon BETWEEN -180 AND 180),
  lat                double precision NOT NULL CHECK (lat BETWEEN -90 AND 90),
  mount_height_mm    integer CHECK (mount_height_mm BETWEEN 1 AND 100000),
  noise_floor_mm     integer NOT NULL DEFAULT 25 CHECK (noise_floor_mm BETWEEN 0 AND 1000),
  low_point_delta_mm integer NOT NULL DEFAULT 0 CHECK (low_point_delta_mm BETWEEN 0 AND 10000),
  report_interval_s  integer NOT NULL DEFAULT 60 CHECK (report_interval_s BETWEEN 1 AND 86400),
  clear_delay_s      integer NOT NULL DEFAULT 600 CHECK (clear_delay_s BETWEEN 0 AND 86400),
  attention_mm       integer NOT NULL DEFAULT 100 CHECK (attention_mm >= 1),
  warning_mm         integer NOT NULL DEFAULT 200,
  danger_mm          integer NOT NULL DEFAULT 300,
  severe_mm          integer NOT NULL DEFAULT 500,
  gateway            text,
  zone               text,
  street             text,
  token_sha256       bytea NOT NULL CHECK (length(token_sha256) = 32),
  made_up            boolean NOT NULL DEFAULT false,
  created_at         timestamptz NOT NULL DEFAULT now(),
  retired_at         timestamptz,
  CHECK (kind <> 'distance' OR mount_height_mm IS NOT NULL),
  CHECK (attention_mm < warning_mm AND warning_mm < danger_mm AND danger_mm < severe_mm)
);
COMMENT ON COLUMN sensor.low_point_delta_mm IS
  'How much deeper the lowest point of the street nearby lies than the ground under the sensor.';
COMMENT ON COLUMN sensor.made_up IS 'A sensor of the demo ward: shown as such.';

-- What the commit loop knows of a sensor, written in the transaction of the readings that made it so.
-- `version` guards it: whoever read another version than the one stored has lost the race and reads again.
CREATE TABLE sensor_state (
  sensor_id              integer PRIMARY KEY REFERENCES sensor,
  version                bigint NOT NULL DEFAULT 0,
  -- last sign of life: arrival of the newest reading, whatever it said
  last_arrival_at        timestamptz,
  -- last stamp given to a reading without a usable one; the next is later
  last_stamp_at          timestamptz,
  -- newest evaluated reading: `evaluated_at` is the earlier of its own time and its arrival
  evaluated_at           timestamptz,
  evaluated_arrival_at   timestamptz,
  observed_at            timestamptz,
  distance_mm            integer,
  depth_mm               integer,
  low_point_depth_mm     integer,
  rain_mm                real,
  qc                     smallint,
  battery_mv             integer,
  rssi_dbm               integer,
  temperature_c          real,
  level                  smallint CHECK (level BETWEEN 0 AND 4),
  trend_mm_per_min       real,
  -- the last good samples, for trend and for a count of two; see io.floodmark.ingest.commit.SensorMemory
  memory                 jsonb NOT NULL DEFAULT '{}',
  alert_id               bigint,
  alert_level            smallint NOT NULL DEFAULT 0 CHECK (alert_level BETWEEN 0 AND 4),
  -- server time of the next transition that needs no reading
  due_at                 timestamptz
);
CREATE INDEX sensor_state_due ON sensor_state (due_at) WHERE due_at IS NOT NULL;

-- What the sensor says of itself, or its will says for it: the retained message of sensors/{code}/status.
CREATE TABLE sensor_status (
  sensor_id integer PRIMARY KEY REFERENCES sensor,
  status    text NOT NULL CHECK (status IN ('online', 'offline')),
  by_will   boolean NOT NULL DEFAULT false,
  since     timestamptz NOT NULL
);

CREATE TABLE reading (
  observed_at        timestamptz NOT NULL,
  received_at        timestamptz NOT NULL,
  sensor_id          integer NOT NULL,
  distance_mm        integer,
  depth_mm           integer,
  low_point_depth_mm integer,
  -- depth as the sensor sent it; depth_mm has its noise taken off, and a repetition is told by what was sent
  sent_depth_mm      integer,
  rain_mm            real,
  temperature_c      real,
  housing_c          real,
  -- why qc is what it is: bits of io.floodmark.reading.QualityReason
  qc_reasons         integer NOT NULL DEFAULT 0,
  battery_mv         integer,
  rssi_dbm           smallint,
  qc                 smallint NOT NULL,
  backfill           boolean NOT NULL DEFAULT false,
  -- observed_at is the arrival: the sensor sent no time, or one from before 2020
  stamped            boolean NOT NULL DEFAULT false,
  seq                bigint,
  -- what the device sent as its time, where arrival counted instead
  device_ts_ms       bigint,
  PRIMARY KEY (sensor_id, observed_at)
) PARTITION BY RANGE (observed_at);
CREATE TABLE reading_default PARTITION OF reading DEFAULT;

-- Gives the month of `at` a partition of its own. Rows that a fast clock put there early move in from the default.
-- Does nothing where `reading` is no partitioned table (TimescaleDB makes its own chunks).
CREATE FUNCTION ensure_reading_partition(at timestamptz) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  first_day timestamptz := date_trunc('month', at, 'UTC');
  next_day  timestamptz := date_trunc('month', first_day + interval '32 days', 'UTC');
  part      text := 'reading_' || to_char(first_day AT TIME ZONE 'UTC', 'YYYY_MM');
BEGIN
  IF (SELECT relkind FROM pg_class WHERE oid = 'reading'::regclass) <> 'p' THEN
    RETURN false;
  END IF;
  PERFORM pg_advisory_xact_lock(4669001);
  IF to_regclass(part) IS NOT NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE reading INCLUDING ALL)', part);
  EXECUTE format('WITH moved AS (DELETE FROM reading_default WHERE observed_at >= %L AND observed_at < %L RETURNING *)'
    || ' INSERT INTO %I SELECT * FROM moved', first_day, next_day, part);
  EXECUTE format('ALTER TABLE reading ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part, first_day, next_day);
  RETURN true;
END $$;

-- What was no reading. Kept 30 days; at most 1,000 rows a sensor and day, beyond that only the tally grows.
CREATE TABLE rejected_message (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  received_at timestamptz NOT NULL,
  sensor_id   integer REFERENCES sensor,
  topic       text NOT NULL,
  reason      text NOT NULL,
  detail      text NOT NULL,
  size_bytes  integer NOT NULL,
  payload     bytea NOT NULL CHECK (length(payload) <= 4096)
);
CREATE INDEX rejected_message_sensor ON rejected_message (sensor_id, received_at DESC);
CREATE INDEX rejected_message_age ON rejected_message (received_at);

CREATE TABLE rejected_tally (
  day       date NOT NULL,
  sensor_id integer NOT NULL,
  reason    text NOT NULL,
  messages  bigint NOT NULL,
  PRIMARY KEY (day, sensor_id, reason)
);
COMMENT ON COLUMN rejected_tally.sensor_id IS '0 where no sensor is known.';

CREATE TABLE alert (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sensor_id  integer NOT NULL REFERENCES sensor,
  kind       text NOT NULL CHECK (kind IN ('flood')),
  state      text NOT NULL CHECK (state IN ('active', 'cleared')),
  -- level now, or the last one before it cleared
  level      smallint NOT NULL CHECK (level BETWEEN 1 AND 4),
  peak_level smallint NOT NULL CHECK (peak_level BETWEEN 1 AND 4),
  since      timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  cleared_at timestamptz,
  CHECK ((state = 'cleared') = (cleared_at IS NOT NULL))
);
CREATE UNIQUE INDEX alert_one_open ON alert (sensor_id, kind) WHERE state = 'active';
-- The newest alert of a sensor, open or not, is read on every ring of the doorbell.
CREATE INDEX alert_newest ON alert (sensor_id, id);

-- The history of alerts. Only ever added to: it is evidence.
CREATE TABLE alert_event (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  alert_id    bigint NOT NULL REFERENCES alert,
  sensor_id   integer NOT NULL REFERENCES sensor,
  kind        text NOT NULL CHECK (kind IN ('raised', 'escalated', 'lowered', 'cleared')),
  from_level  smallint NOT NULL CHECK (from_level BETWEEN 0 AND 4),
  to_level    smallint NOT NULL CHECK (to_level BETWEEN 0 AND 4),
  -- event time: of the reading that caused it, or of the delay that ran out
  occurred_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  -- of the reading that caused it; null where only time passed
  observed_at timestamptz,
  depth_mm    integer
);
CREATE INDEX alert_event_alert ON alert_event (alert_id, id);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER alert_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alert_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A change of a sensor reaches every process, whoever made it, and takes from the commit loop what it had read before.
CREATE FUNCTION sensor_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sensor_state (sensor_id) VALUES (NEW.id)
    ON CONFLICT (sensor_id) DO UPDATE SET version = sensor_state.version + 1;
  PERFORM pg_notify('floodmark_sensor', NEW.id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER sensor_changed AFTER INSERT OR UPDATE ON sensor
  FOR EACH ROW EXECUTE FUNCTION sensor_changed();
