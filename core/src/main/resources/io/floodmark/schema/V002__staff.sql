-- Who works with the register, and what they did.

-- Residential groups (tổ dân phố): what staff may be limited to, and what assets and reports belong to.
CREATE TABLE residential_group (
  id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code       text NOT NULL UNIQUE CHECK (code ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$'),
  name       text NOT NULL CHECK (name <> ''),
  made_up    boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  retired_at timestamptz
);

-- The people in charge of a group. For staff only: their names and numbers are personal data.
CREATE TABLE group_person (
  id       integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  group_id integer NOT NULL REFERENCES residential_group,
  name     text NOT NULL CHECK (name <> ''),
  duty     text NOT NULL CHECK (duty <> ''),
  phone    text
);
CREATE INDEX group_person_group ON group_person (group_id);

CREATE TABLE staff (
  id                  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  login               text NOT NULL UNIQUE CHECK (login ~ '^[a-z0-9][a-z0-9._-]{1,31}$'),
  name                text NOT NULL CHECK (name <> ''),
  role                text NOT NULL CHECK (role IN ('admin', 'operator', 'viewer')),
  -- household data is no part of any role: it is granted to a person
  sees_households     boolean NOT NULL DEFAULT false,
  -- Argon2id in the PHC string format: the cost stands with the hash, so it can be raised later
  password_hash       text NOT NULL,
  password_changed_at timestamptz NOT NULL,
  must_change         boolean NOT NULL DEFAULT false,
  created_at          timestamptz NOT NULL,
  disabled_at         timestamptz
);

-- The groups that a person is limited to; without a row, the whole ward.
CREATE TABLE staff_scope (
  staff_id integer NOT NULL REFERENCES staff,
  group_id integer NOT NULL REFERENCES residential_group,
  PRIMARY KEY (staff_id, group_id)
);

CREATE TABLE staff_session (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  token_sha256 bytea NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
  staff_id     integer NOT NULL REFERENCES staff,
  csrf_token   text NOT NULL,
  created_at   timestamptz NOT NULL,
  seen_at      timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  address      text NOT NULL,
  device       text NOT NULL,
  ended_at     timestamptz
);
CREATE INDEX staff_session_of_staff ON staff_session (staff_id, created_at DESC);

-- For programs. A token may do what its rights say, and nothing else.
CREATE TABLE api_token (
  id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         text NOT NULL CHECK (name <> ''),
  token_sha256 bytea NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
  rights       text[] NOT NULL,
  created_by   integer REFERENCES staff,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz,
  used_at      timestamptz,
  revoked_at   timestamptz
);

-- Wrong guesses of passwords, plates and links, by what is guessed and who guesses. Every process sees the same count.
-- Unlogged: losing it in a crash costs nothing but a count.
CREATE UNLOGGED TABLE wrong_guess (
  kind          text NOT NULL,
  who           text NOT NULL,
  failures      integer NOT NULL,
  last_at       timestamptz NOT NULL,
  blocked_until timestamptz NOT NULL,
  PRIMARY KEY (kind, who)
);
CREATE INDEX wrong_guess_age ON wrong_guess (last_at);

-- Every change, and every look at household data. Only ever added to; never holds the values of personal data.
CREATE TABLE audit_entry (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at       timestamptz NOT NULL,
  staff_id integer REFERENCES staff,
  -- login, "token NAME", or "command line"
  actor    text NOT NULL,
  action   text NOT NULL,
  subject  text NOT NULL,
  address  text,
  detail   jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_entry_newest ON audit_entry (at DESC, id DESC);
CREATE INDEX audit_entry_subject ON audit_entry (subject, id DESC);
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
