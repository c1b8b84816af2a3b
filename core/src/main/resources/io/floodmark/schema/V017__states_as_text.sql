-- A sensor's memory is written with every batch and read once after a start: as jsonb it is twice as long as its text,
-- and to make it took as long as to store the batch's readings.
ALTER TABLE sensor_state
  ALTER COLUMN memory DROP DEFAULT,
  ALTER COLUMN watch DROP DEFAULT,
  ALTER COLUMN memory TYPE json USING memory::json,
  ALTER COLUMN watch TYPE json USING watch::json;
-- Room in each page for the next version of its rows, so that their indexes stay as they are.
ALTER TABLE sensor_state
  ALTER COLUMN memory SET DEFAULT '{}',
  ALTER COLUMN watch SET DEFAULT '{}',
  SET (fillfactor = 50);
