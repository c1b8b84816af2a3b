-- How floods drained at each sensor, so that the end of the next can be told. Written by the timers an hour after the
-- alert of a flood ended; io.floodmark.nowcast.Recession says what the figures mean.
CREATE TABLE recession (
  alert_id             bigint PRIMARY KEY REFERENCES alert,
  sensor_id            integer NOT NULL REFERENCES sensor,
  ended_at             timestamptz NOT NULL,
  -- all null where the flood was not seen to drain: it is not looked at again
  from_mm              integer,
  tau_minutes          double precision CHECK (tau_minutes > 0),
  exponential_rmse_mm  double precision,
  mm_per_min           double precision CHECK (mm_per_min > 0),
  linear_rmse_mm       double precision,
  CHECK (num_nonnulls(from_mm, tau_minutes, exponential_rmse_mm, mm_per_min, linear_rmse_mm) IN (0, 5))
);
CREATE INDEX recession_of_sensor ON recession (sensor_id, ended_at DESC) WHERE from_mm IS NOT NULL;
CREATE INDEX alert_flood_ended ON alert (cleared_at) WHERE kind = 'flood' AND sensor_id IS NOT NULL;
