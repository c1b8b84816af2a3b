-- Alerts with all that people do with them: kinds beside floods, acknowledging, shelving, maintenance, hand-over, closing;
-- several sensors as one zone or one gateway; the official bulletin beside ours.

-- ---- What an alert is of: one sensor, a zone or a gateway. Its level is the flood's level; of the other kinds, which have
-- ---- none, it is how urgent they are on the same scale, so that lists and channels sort by one number.
ALTER TABLE alert DROP CONSTRAINT alert_kind_check;
ALTER TABLE alert ADD CONSTRAINT alert_kind_check
  CHECK (kind IN ('flood', 'fast_rise', 'silent', 'gateway_silent', 'battery', 'quality'));
ALTER TABLE alert ALTER COLUMN sensor_id DROP NOT NULL;
ALTER TABLE alert
  ADD COLUMN zone text,
  ADD COLUMN gateway text,
  -- shown under that alert and told with it: of its zone, or of its gateway
  ADD COLUMN parent_id bigint REFERENCES alert,
  -- staff have seen it; a rise to a higher level wants to be seen again
  ADD COLUMN acknowledged_at timestamptz,
  ADD COLUMN acknowledged_by text,
  -- out of sight until then, for a reason; a rise above the level that it was shelved at ends it
  ADD COLUMN shelved_until timestamptz,
  ADD COLUMN shelved_by text,
  ADD COLUMN shelf_reason text,
  ADD COLUMN shelved_level smallint,
  -- by what the system keeps it back: maintenance of its sensor; the alert of its gateway says it already; what it is of was
  -- taken out of service, so that its end is no all-clear
  ADD COLUMN suppressed text CHECK (suppressed IN ('maintenance', 'gateway', 'retired')),
  -- to whom it was handed over
  ADD COLUMN assigned_to integer REFERENCES staff,
  ADD COLUMN assigned_name text,
  -- the end for staff, after the machine's own end
  ADD COLUMN closed_at timestamptz,
  ADD COLUMN closed_by text,
  ADD COLUMN closing_remark text,
  -- when it is told again, while nobody has acknowledged it
  ADD COLUMN remind_at timestamptz,
  ADD CONSTRAINT alert_of_one CHECK (num_nonnulls(sensor_id, zone, gateway) = 1),
  ADD CONSTRAINT alert_kind_fits CHECK ((kind = 'gateway_silent') = (gateway IS NOT NULL) AND (zone IS NULL OR kind = 'flood')),
  ADD CONSTRAINT alert_shelf_whole CHECK (num_nonnulls(shelved_until, shelved_by, shelf_reason, shelved_level) IN (0, 4)),
  ADD CONSTRAINT alert_closed_after_end CHECK (closed_at IS NULL OR state = 'cleared');
COMMENT ON COLUMN alert.level IS 'Of floods the level now, or the last before it cleared; of other kinds how urgent they are.';

CREATE UNIQUE INDEX alert_one_open_zone ON alert (zone) WHERE state = 'active' AND zone IS NOT NULL;
CREATE UNIQUE INDEX alert_one_open_gateway ON alert (gateway) WHERE state = 'active' AND gateway IS NOT NULL;
CREATE INDEX alert_children ON alert (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX alert_remind ON alert (remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX alert_shelved ON alert (shelved_until) WHERE shelved_until IS NOT NULL;
-- The inbox: what staff are not done with.
CREATE INDEX alert_inbox ON alert (id) WHERE closed_at IS NULL;

-- What had ended before anybody could acknowledge it need not be acknowledged now.
UPDATE alert SET acknowledged_at = cleared_at, acknowledged_by = 'floodmark', closed_at = now(), closed_by = 'floodmark'
WHERE state = 'cleared';

-- ---- Its history: who did what, with which words, under which thresholds.
ALTER TABLE alert_event DROP CONSTRAINT alert_event_kind_check;
ALTER TABLE alert_event ADD CONSTRAINT alert_event_kind_check
  CHECK (kind IN ('raised', 'escalated', 'lowered', 'cleared',
    -- by time: told again; the shelf's end; kept back by the system, and let go again
    'reminded', 'shelf_ended', 'suppressed', 'released',
    -- by staff
    'acknowledged', 'shelved', 'unshelved', 'noted', 'handed_over', 'closed'));
ALTER TABLE alert_event
  ADD COLUMN staff_id integer REFERENCES staff,
  -- login, "token NAME"; null where the machine did it
  ADD COLUMN actor text,
  ADD COLUMN note text,
  -- end of the shelf, or of the maintenance
  ADD COLUMN until timestamptz,
  -- of sensor_threshold, for what the levels were then
  ADD COLUMN threshold_version integer;
COMMENT ON COLUMN alert_event.sensor_id IS
  'Whose reading or silence it was; of an alert of a zone or a gateway one of its members, whose doorbell rings.';

-- ---- Thresholds as they were: each change makes a version, which the history of alerts names.
ALTER TABLE sensor
  ADD COLUMN threshold_version integer NOT NULL DEFAULT 1,
  -- kept out of alerts while somebody works on it; always with an end
  ADD COLUMN maintenance_since timestamptz,
  ADD COLUMN maintenance_until timestamptz,
  ADD COLUMN maintenance_by text,
  ADD COLUMN maintenance_reason text,
  -- at or below this the battery is low; null where it is not watched
  ADD COLUMN battery_low_mv integer DEFAULT 3300 CHECK (battery_low_mv BETWEEN 500 AND 100000),
  -- a rise of so many millimetres a minute is an alert of its own; null where it is not watched
  ADD COLUMN fast_rise_mm_per_min integer DEFAULT 10 CHECK (fast_rise_mm_per_min BETWEEN 1 AND 1000),
  ADD CONSTRAINT sensor_maintenance_whole
    CHECK (num_nonnulls(maintenance_since, maintenance_until, maintenance_by, maintenance_reason) IN (0, 4));
CREATE INDEX sensor_maintenance ON sensor (maintenance_until) WHERE maintenance_until IS NOT NULL;
CREATE INDEX sensor_zone ON sensor (zone) WHERE zone IS NOT NULL;
CREATE INDEX sensor_gateway ON sensor (gateway) WHERE gateway IS NOT NULL;

CREATE TABLE sensor_threshold (
  sensor_id     integer NOT NULL REFERENCES sensor,
  version       integer NOT NULL,
  valid_from    timestamptz NOT NULL,
  attention_mm  integer NOT NULL,
  warning_mm    integer NOT NULL,
  danger_mm     integer NOT NULL,
  severe_mm     integer NOT NULL,
  clear_delay_s integer NOT NULL,
  PRIMARY KEY (sensor_id, version)
);
INSERT INTO sensor_threshold
SELECT id, threshold_version, created_at, attention_mm, warning_mm, danger_mm, severe_mm, clear_delay_s FROM sensor;

CREATE FUNCTION count_thresholds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.attention_mm, OLD.warning_mm, OLD.danger_mm, OLD.severe_mm, OLD.clear_delay_s)
     IS DISTINCT FROM (NEW.attention_mm, NEW.warning_mm, NEW.danger_mm, NEW.severe_mm, NEW.clear_delay_s) THEN
    NEW.threshold_version := OLD.threshold_version + 1;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER count_thresholds BEFORE UPDATE ON sensor FOR EACH ROW EXECUTE FUNCTION count_thresholds();

CREATE FUNCTION keep_thresholds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sensor_threshold
  VALUES (NEW.id, NEW.threshold_version, now(), NEW.attention_mm, NEW.warning_mm, NEW.danger_mm, NEW.severe_mm,
          NEW.clear_delay_s)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_thresholds AFTER INSERT OR UPDATE ON sensor FOR EACH ROW EXECUTE FUNCTION keep_thresholds();

-- ---- What the commit loop watches beside the water: silence, fast rise, battery, doubtful readings; see
-- ---- io.floodmark.ingest.commit.WatchMemory.
ALTER TABLE sensor_state ADD COLUMN watch jsonb NOT NULL DEFAULT '{}';

-- ---- The official bulletin, as an operator copied it. Ours never borrows its names: it stands beside.
CREATE TABLE official_bulletin (
  id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- alarm: báo động I to III at a hydrological station (Decision 05/2020/QĐ-TTg); risk: cấp độ rủi ro thiên tai 1 to 5
  -- (Decision 18/2021/QĐ-TTg)
  scale        text NOT NULL CHECK (scale IN ('alarm', 'risk')),
  level        smallint NOT NULL,
  -- the station of an alarm, the area and hazard of a risk level
  place        text NOT NULL CHECK (place <> ''),
  -- who issued it, and its number
  source       text NOT NULL CHECK (source <> ''),
  link         text CHECK (link ~ '^https?://'),
  valid_from   timestamptz NOT NULL,
  valid_until  timestamptz NOT NULL,
  recorded_at  timestamptz NOT NULL,
  recorded_by  text NOT NULL,
  withdrawn_at timestamptz,
  withdrawn_by text,
  CHECK (level BETWEEN 1 AND CASE scale WHEN 'alarm' THEN 3 ELSE 5 END),
  CHECK (valid_from < valid_until)
);
CREATE INDEX official_bulletin_valid ON official_bulletin (valid_until) WHERE withdrawn_at IS NULL;
