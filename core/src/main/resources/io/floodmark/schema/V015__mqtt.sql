-- What MQTT clients are owed after a restart: sessions that outlive their connections, what they are subscribed to, what
-- waits for them, and what is retained. Written in batches by io.floodmark.ingest.broker, read once at its start. What the
-- server itself tells (levels, alerts, statuses) is not here: it comes anew from its own tables.

-- Each process draws a number at its start: ids of its sessions begin with it.
CREATE SEQUENCE mqtt_run AS integer;

CREATE TABLE mqtt_session (
  id         bigint PRIMARY KEY,   -- never used twice: the run that made it * 2^32 + a number
  account    text NOT NULL,
  client_id  text NOT NULL,
  run        integer NOT NULL,     -- whose it is: what another process still writes to it is left out
  expiry_s   bigint NOT NULL CHECK (expiry_s BETWEEN 1 AND 4294967295),  -- the latter is never
  left_at    timestamptz,          -- null while somebody is connected
  UNIQUE (account, client_id)
);

CREATE TABLE mqtt_subscription (
  session_id           bigint NOT NULL REFERENCES mqtt_session ON DELETE CASCADE,
  filter               text NOT NULL,
  qos                  smallint NOT NULL CHECK (qos BETWEEN 0 AND 2),
  no_local             boolean NOT NULL,
  retain_as_published  boolean NOT NULL,
  retain_handling      smallint NOT NULL CHECK (retain_handling BETWEEN 0 AND 2),
  subscription_id      integer CHECK (subscription_id > 0),
  PRIMARY KEY (session_id, filter)
);

-- Messages of QoS 1 and 2 on their way to a session, with the packet ids that they keep.
CREATE TABLE mqtt_queued (
  session_id        bigint NOT NULL REFERENCES mqtt_session ON DELETE CASCADE,
  place             bigint NOT NULL,  -- among all messages of the broker
  packet_id         integer NOT NULL CHECK (packet_id BETWEEN 1 AND 65535),
  received          boolean NOT NULL,  -- PUBREC has come: topic and payload are not needed any more
  topic             text NOT NULL,
  payload           bytea NOT NULL,
  properties        bytea NOT NULL,
  published_qos     smallint NOT NULL CHECK (published_qos BETWEEN 0 AND 2),
  published_retain  boolean NOT NULL,
  expires_at        timestamptz,
  qos               smallint NOT NULL CHECK (qos BETWEEN 1 AND 2),
  retain            boolean NOT NULL,
  newest_only       boolean NOT NULL,
  subscription_ids  text NOT NULL,  -- separated by commas
  share             text,  -- the filter of the group that chose the session
  PRIMARY KEY (session_id, place)
);

-- Packet ids of messages of QoS 2 from a session that were taken in and not released.
CREATE TABLE mqtt_received (
  session_id  bigint NOT NULL REFERENCES mqtt_session ON DELETE CASCADE,
  packet_id   integer NOT NULL CHECK (packet_id BETWEEN 1 AND 65535),
  PRIMARY KEY (session_id, packet_id)
);

CREATE TABLE mqtt_retained (
  topic       text PRIMARY KEY,
  payload     bytea NOT NULL,
  properties  bytea NOT NULL,
  qos         smallint NOT NULL CHECK (qos BETWEEN 0 AND 2),
  expires_at  timestamptz
);
