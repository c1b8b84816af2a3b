-- Telling people: where warnings go, what is still to be sent, what was sent.

-- settings: flat texts by key, what they are depends on the kind (docs/operations.md).
CREATE TABLE channel (
  id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind         text NOT NULL CHECK (kind IN ('webhook', 'email', 'mqtt', 'cap')),
  name         text NOT NULL CHECK (name <> ''),
  settings     jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(settings) = 'object'),
  -- what has to be spoken to the other side, so no hash will do; leaves the database for nothing else
  secret       text NOT NULL DEFAULT '',
  enabled      boolean NOT NULL DEFAULT true,
  -- of floods; other kinds of alerts go by their kind alone
  min_level    smallint NOT NULL DEFAULT 2 CHECK (min_level BETWEEN 1 AND 4),
  -- kinds of alerts that it gets
  kinds        text[] NOT NULL DEFAULT '{flood}' CHECK (cardinality(kinds) > 0),
  -- zones of sensors that it gets; empty is the whole ward
  zones        text[] NOT NULL DEFAULT '{}',
  -- by the ward's clock; over midnight where it ends before it begins
  quiet_from   time,
  quiet_to     time,
  -- whether danger keeps quiet, too
  quiet_all    boolean NOT NULL DEFAULT false,
  language     text NOT NULL DEFAULT 'vi' CHECK (language IN ('vi', 'en')),
  max_per_hour integer CHECK (max_per_hour >= 1),
  version      integer NOT NULL DEFAULT 1,
  created_at   timestamptz NOT NULL,
  changed_at   timestamptz NOT NULL,
  -- kept for its log
  removed_at   timestamptz,
  CHECK ((quiet_from IS NULL) = (quiet_to IS NULL)),
  CHECK (quiet_from <> quiet_to),
  CHECK (removed_at IS NULL OR NOT enabled)
);
-- One feed has one sender, and one chain of messages for an alert.
CREATE UNIQUE INDEX channel_one_cap ON channel (kind) WHERE kind = 'cap' AND removed_at IS NULL;

-- One row for each step of an alert and each channel that it concerns, written in the transaction of the step.
CREATE TABLE outbox (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- the same however often it is sent: Idempotency-Key, Message-ID, identifier
  key          uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  channel_id   integer NOT NULL REFERENCES channel,
  -- null for a test
  event_id     bigint REFERENCES alert_event,
  alert_id     bigint REFERENCES alert,
  -- above 0: says again that the alert of the event still holds
  renewal      integer NOT NULL DEFAULT 0 CHECK (renewal >= 0),
  -- the higher level of the step, 0 for a test: what quiet hours and limits go by
  level        smallint NOT NULL,
  state        text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dead', 'skipped')),
  reason       text,
  held         text CHECK (held IN ('quiet', 'limit')),
  -- the row whose message tells of this one, too
  summary_id   bigint REFERENCES outbox,
  attempts     integer NOT NULL DEFAULT 0,
  next_try_at  timestamptz NOT NULL,
  -- somebody is sending it; whoever dies at it lets go of it then
  leased_until timestamptz,
  made_at      timestamptz NOT NULL,
  settled_at   timestamptz,
  CHECK ((event_id IS NULL) = (alert_id IS NULL)),
  CHECK ((state = 'waiting') = (settled_at IS NULL)),
  CHECK (state = 'waiting' OR leased_until IS NULL)
);
CREATE UNIQUE INDEX outbox_once ON outbox (channel_id, event_id, renewal);
CREATE INDEX outbox_waiting ON outbox (channel_id, alert_id, id) WHERE state = 'waiting';
CREATE INDEX outbox_of_channel ON outbox (channel_id, id DESC);
CREATE INDEX outbox_dead ON outbox (channel_id, id) WHERE state = 'dead';
CREATE INDEX outbox_summary ON outbox (summary_id) WHERE summary_id IS NOT NULL;
CREATE INDEX outbox_alert ON outbox (alert_id, channel_id);

-- Every try, and every time that somebody asked for another. Only ever added to.
CREATE TABLE delivery (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  outbox_id  bigint NOT NULL REFERENCES outbox,
  channel_id integer NOT NULL REFERENCES channel,
  at         timestamptz NOT NULL,
  attempt    integer NOT NULL,
  outcome    text NOT NULL CHECK (outcome IN ('sent', 'retry', 'dead', 'skipped', 'again')),
  -- what the other side said, or who asked
  detail     text NOT NULL,
  took_ms    integer NOT NULL
);
CREATE INDEX delivery_channel ON delivery (channel_id, id DESC);
CREATE INDEX delivery_sent ON delivery (channel_id, at) WHERE outcome = 'sent';
CREATE TRIGGER delivery_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON delivery
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Neither on the shelf nor kept back by the system.
CREATE FUNCTION is_in_sight(a alert, at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT a.suppressed IS NULL AND (a.shelved_until IS NULL OR a.shelved_until <= at)
$$;

-- Which channels hear of which step. Kinds of alerts that come later need no change here; a kind of step that changes no
-- level is told only where it is named.
--   All: a level that changes; but to people not what is on the shelf or kept back, and not what an alert of the whole zone
--   or gateway tells already. People are told, too, that nobody has seen an alert yet, and what comes back into sight.
--   A siren (mqtt) also hears what puts it on the shelf or keeps it back: it has to stop then. With a sign at each sensor, it hears of
--   sensors, not of zones.
--   A public feed (cap) hears what puts it on the shelf or keeps it back, and takes its warning back then; until it comes
--   back into sight it hears of nothing but the end.
CREATE FUNCTION concerns_channel(c channel, a alert, e alert_event) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT a.kind = ANY (c.kinds)
    AND (a.kind <> 'flood'
      -- whoever was told of it is told of its end, by whatever steps it went down
      OR greatest(e.from_level, e.to_level, CASE WHEN e.to_level = 0 THEN a.peak_level END) >= c.min_level)
    AND CASE WHEN c.kind = 'mqtt' AND c.settings ->> 'topic' LIKE '%{sensor}%'
             THEN a.sensor_id IS NOT NULL ELSE a.parent_id IS NULL END
    AND CASE c.kind
          WHEN 'mqtt' THEN (e.from_level <> e.to_level AND is_in_sight(a, e.recorded_at))
            OR e.kind IN ('shelved', 'unshelved', 'shelf_ended', 'suppressed', 'released')
          WHEN 'cap' THEN (e.from_level <> e.to_level AND (is_in_sight(a, e.recorded_at) OR e.to_level = 0))
            OR e.kind IN ('shelved', 'suppressed')
            OR (e.kind IN ('unshelved', 'shelf_ended', 'released') AND is_in_sight(a, e.recorded_at))
          ELSE (e.from_level <> e.to_level AND is_in_sight(a, e.recorded_at))
            OR (e.kind IN ('reminded', 'shelf_ended', 'released') AND a.state = 'active')
        END
$$;

CREATE FUNCTION fill_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (channel_id, event_id, alert_id, level, next_try_at, made_at)
  SELECT c.id, e.id, e.alert_id, greatest(e.from_level, e.to_level), e.recorded_at, e.recorded_at
  FROM new_events n
  JOIN alert_event e ON e.id = n.id
  JOIN alert a ON a.id = e.alert_id
  LEFT JOIN sensor s ON s.id = e.sensor_id
  JOIN channel c ON c.enabled AND concerns_channel(c, a, e)
    AND (c.zones = '{}' OR coalesce(a.zone, s.zone) = ANY (c.zones))
  ORDER BY e.id, c.id;
  IF FOUND THEN
    -- Danger must not wait behind the pause of a lesser step that failed: that one is tried at once.
    UPDATE outbox earlier SET next_try_at = e.recorded_at
    FROM new_events n
    JOIN alert_event e ON e.id = n.id AND e.to_level > e.from_level
    JOIN outbox risen ON risen.event_id = e.id AND risen.renewal = 0
    WHERE earlier.channel_id = risen.channel_id AND earlier.alert_id = e.alert_id AND earlier.id < risen.id
      AND earlier.state = 'waiting' AND earlier.held IS NULL AND earlier.leased_until IS NULL
      AND earlier.next_try_at > e.recorded_at;
    PERFORM pg_notify('floodmark_outbox', '');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER alert_event_fill_outbox AFTER INSERT ON alert_event
  REFERENCING NEW TABLE AS new_events FOR EACH STATEMENT EXECUTE FUNCTION fill_outbox();

-- CAP 1.2 documents as they were published. Never changed and never deleted: later ones refer to them.
CREATE TABLE cap_message (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  identifier text NOT NULL UNIQUE CHECK (identifier ~ '^[A-Za-z0-9-]{1,80}$'),
  outbox_id  bigint NOT NULL UNIQUE REFERENCES outbox,
  event_id   bigint REFERENCES alert_event,
  alert_id   bigint REFERENCES alert,
  msg_type   text NOT NULL CHECK (msg_type IN ('Alert', 'Update', 'Cancel')),
  status     text NOT NULL CHECK (status IN ('Actual', 'Exercise', 'Test')),
  sender     text NOT NULL,
  -- to the second: CAP has no fractions
  sent       timestamptz NOT NULL CHECK (sent = date_trunc('second', sent)),
  -- with the three above, what others call it by
  reference  text NOT NULL,
  expires    timestamptz NOT NULL,
  headline   text NOT NULL,
  document   text NOT NULL
);
CREATE INDEX cap_message_alert ON cap_message (alert_id, id);
-- what has to be said again before it runs out
CREATE INDEX cap_message_expires ON cap_message (expires);
CREATE TRIGGER cap_message_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cap_message
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
