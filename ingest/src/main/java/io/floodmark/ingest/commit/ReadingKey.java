package io.floodmark.ingest.commit;

import java.time.Instant;

/**
 * Identity of a reading.
 *
 * @param sensorId whose it is
 * @param observedAt when it counts as observed
 */
record ReadingKey(int sensorId, Instant observedAt) {}
