package io.floodmark.api.alerts;

import java.time.Instant;
import java.util.Optional;

/**
 * An alert as it stands.
 *
 * @param id the database's key, rising with time
 * @param sensorId the sensor's key; never shown
 * @param state {@code active} or {@code cleared}
 * @param level level now, or the last one before it cleared; 1 to 4
 * @param peakLevel highest level it has had, 1 to 4
 * @param since event time of its first transition
 * @param changedAt event time of its last transition
 * @param clearedAt event time of its end, if it has ended
 */
public record AlertView(
    long id,
    int sensorId,
    String sensorCode,
    String sensorName,
    String kind,
    String state,
    int level,
    int peakLevel,
    Instant since,
    Instant changedAt,
    Optional<Instant> clearedAt) {}
