-- Which sensors speak for each other.

ALTER TABLE sensor ADD COLUMN neighbours text[] CHECK (array_position(neighbours, NULL) IS NULL);
COMMENT ON COLUMN sensor.neighbours IS
  'Codes of the sensors whose water speaks for water here. Null: all within 500 m.';
