package io.floodmark.api.sensors.preview;

import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import java.time.Instant;

/**
 * A reading as it was taken in.
 *
 * @param reading what was sent
 * @param time when it counts as observed
 * @param arrivedAt server time of arrival
 */
record StoredReading(Reading reading, ReadingTime time, Instant arrivedAt) {}
