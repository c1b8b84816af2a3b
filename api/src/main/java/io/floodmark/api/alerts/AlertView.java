package io.floodmark.api.alerts;

import io.floodmark.alert.AlertKind;
import io.floodmark.alert.AlertLife;
import java.time.Instant;
import java.util.Optional;

/**
 * An alert as it stands.
 *
 * @param id the database's key, rising with time
 * @param sensorId the sensor's key, never shown; of an alert of several sensors the one that last
 *     moved it
 * @param sensorCode that sensor's public name
 * @param sensorName that sensor's name
 * @param kind key of an {@link AlertKind}
 * @param state {@code active} or {@code cleared}
 * @param level level now, or the last one before it cleared, 1 to 4; of kinds other than floods how
 *     urgent they are
 * @param peakLevel highest level it has had, 1 to 4
 * @param since event time of its first transition
 * @param changedAt event time of its last transition
 * @param clearedAt event time of its end, if it has ended
 * @param handling what was done about it
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
    Optional<Instant> clearedAt,
    AlertHandling handling) {

  /** Whether the machine says that it goes on. */
  public boolean isActive() {
    return clearedAt.isEmpty();
  }

  /** Whether it is of water, so that its level is one. */
  public boolean isFlood() {
    return kind.equals(AlertKind.FLOOD.key());
  }

  /** Its life among people. */
  public AlertLife life() {
    return new AlertLife(
        isActive(),
        level,
        handling.acknowledgedAt().isPresent(),
        handling.shelvedUntil(),
        handling.shelvedLevel(),
        handling.suppressed().isPresent(),
        handling.closedAt().isPresent());
  }

  /** Where it stands at {@code now}. */
  public AlertLife.Standing standing(Instant now) {
    return life().standing(now);
  }
}
