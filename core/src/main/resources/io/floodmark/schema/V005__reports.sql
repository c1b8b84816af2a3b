-- What residents report. No account; the reporter holds a link that nobody can guess.

CREATE TABLE report (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- what people quote on the telephone; says nothing and opens nothing
  number        text NOT NULL UNIQUE,
  secret_sha256 bytea NOT NULL UNIQUE CHECK (length(secret_sha256) = 32),
  category      text NOT NULL CHECK (category IN ('flood', 'garbage', 'power', 'water', 'tree', 'security', 'road', 'plate', 'other')),
  flood_depth   text CHECK (flood_depth IN ('ankle', 'knee', 'half_wheel', 'handlebar')),
  -- empty after the reporter erased it
  text          text,
  contact       text,
  asset_id      bigint REFERENCES asset,
  sensor_id     integer REFERENCES sensor,
  lon           double precision,
  lat           double precision,
  place         text,
  group_id      integer REFERENCES residential_group,
  language      text NOT NULL CHECK (language IN ('vi', 'en')),
  state         text NOT NULL CHECK (state IN ('received', 'screened', 'assigned', 'in_progress', 'done', 'rejected', 'duplicate', 'withdrawn')),
  state_since   timestamptz NOT NULL,
  created_at    timestamptz NOT NULL,
  -- by which the step that is next has to be taken, by the clock of the category; null once it is over
  due_at        timestamptz,
  assigned_to   integer REFERENCES staff,
  duplicate_of  bigint REFERENCES report,
  -- what staff wrote for the public once it was done
  answer        text,
  -- a confirmed flood is on the map until then
  shown_until   timestamptz,
  erased_at     timestamptz,
  version       integer NOT NULL DEFAULT 1,
  made_up       boolean NOT NULL DEFAULT false,
  CHECK (flood_depth IS NULL OR category = 'flood')
);
CREATE INDEX report_open ON report (state, due_at);
CREATE INDEX report_newest ON report (created_at DESC, id DESC);
-- what is left to wipe once reports are over
CREATE INDEX report_contact ON report (state_since) WHERE contact IS NOT NULL AND due_at IS NULL;
CREATE INDEX report_asset ON report (asset_id);
CREATE INDEX report_shown ON report (shown_until) WHERE shown_until IS NOT NULL;

-- What was done with it. Only ever added to, and holds no word of the reporter's: those can be erased.
CREATE TABLE report_event (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  report_id  bigint NOT NULL REFERENCES report,
  at         timestamptz NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('received', 'screened', 'assigned', 'started', 'done', 'rejected', 'duplicate',
               'reopened', 'withdrawn', 'erased', 'note', 'message', 'confirmed')),
  staff_id   integer REFERENCES staff,
  actor      text NOT NULL,
  -- for the reporter to read; and for staff only
  public_note text,
  note       text
);
CREATE INDEX report_event_report ON report_event (report_id, id);
CREATE TRIGGER report_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What the reporter added later.
CREATE TABLE report_message (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  report_id bigint NOT NULL REFERENCES report,
  at        timestamptz NOT NULL,
  text      text NOT NULL CHECK (text <> '')
);
CREATE INDEX report_message_report ON report_message (report_id, id);

CREATE TABLE report_photo (
  report_id   bigint NOT NULL REFERENCES report,
  photo_id    bigint NOT NULL REFERENCES photo ON DELETE CASCADE,
  -- sent by staff as proof of what was done; else by the reporter
  is_evidence boolean NOT NULL DEFAULT false,
  is_public   boolean NOT NULL DEFAULT false,
  PRIMARY KEY (report_id, photo_id)
);
CREATE INDEX report_photo_photo ON report_photo (photo_id);

-- How many reports came from where, for the limits by address, plate and category.
CREATE UNLOGGED TABLE report_tally (
  who     text NOT NULL,
  hour    timestamptz NOT NULL,
  reports integer NOT NULL,
  PRIMARY KEY (who, hour)
);

CREATE FUNCTION report_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('floodmark_report', NEW.id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER report_changed AFTER INSERT OR UPDATE ON report
  FOR EACH ROW EXECUTE FUNCTION report_changed();
