-- Readers over MQTT sign in with an API token, which every process that takes in readings keeps in memory.

-- A token that was made, changed or revoked, and an account that was closed or opened again, reach every process. That a
-- token was used is none of it: it would ring all the time.
CREATE FUNCTION token_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('floodmark_token', '');
  RETURN NULL;
END $$;
CREATE TRIGGER token_changed
  AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF name, token_sha256, rights, created_by, expires_at, revoked_at ON api_token
  FOR EACH STATEMENT EXECUTE FUNCTION token_changed();
CREATE TRIGGER token_changed AFTER UPDATE OF disabled_at ON staff
  FOR EACH STATEMENT EXECUTE FUNCTION token_changed();
