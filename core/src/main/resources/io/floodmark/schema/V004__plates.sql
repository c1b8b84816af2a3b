-- QR plates. A code says nothing about what it hangs on, can be taken back, and is never an id of ours.

CREATE TABLE plate_batch (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  made_at  timestamptz NOT NULL,
  staff_id integer REFERENCES staff,
  actor    text NOT NULL,
  format   text NOT NULL CHECK (format IN ('l7160', 'plate60', 'plate90')),
  note     text
);

CREATE TABLE plate (
  code        text PRIMARY KEY CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{10}$'),
  -- empty for a plate made ahead: it is bound when it is mounted
  asset_id    bigint REFERENCES asset,
  batch_id    bigint REFERENCES plate_batch,
  state       text NOT NULL CHECK (state IN ('made', 'printed', 'mounted', 'lost', 'revoked', 'replaced')),
  made_at     timestamptz NOT NULL,
  printed_at  timestamptz,
  mounted_at  timestamptz,
  checked_at  timestamptz,
  ended_at    timestamptz,
  replaced_by text REFERENCES plate,
  lon         double precision,
  lat         double precision,
  CHECK (state <> 'mounted' OR asset_id IS NOT NULL)
);
CREATE INDEX plate_asset ON plate (asset_id);
CREATE INDEX plate_batch_plates ON plate (batch_id);
CREATE INDEX plate_state ON plate (state, made_at DESC);

-- The life of a plate. Only ever added to.
CREATE TABLE plate_event (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code       text NOT NULL REFERENCES plate,
  kind       text NOT NULL CHECK (kind IN ('made', 'printed', 'bound', 'mounted', 'checked', 'lost', 'found', 'revoked', 'replaced')),
  at         timestamptz NOT NULL,
  staff_id   integer REFERENCES staff,
  actor      text NOT NULL,
  asset_id   bigint REFERENCES asset,
  -- where the phone was, and how far that is from where the asset is registered
  lon        double precision,
  lat        double precision,
  accuracy_m real,
  distance_m real,
  photo_id   bigint REFERENCES photo,
  note       text
);
CREATE INDEX plate_event_code ON plate_event (code, id);
CREATE INDEX plate_event_photo ON plate_event (photo_id) WHERE photo_id IS NOT NULL;
CREATE TRIGGER plate_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON plate_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
