package io.floodmark.api.sensors.register;

import java.time.Instant;
import java.util.Optional;

/**
 * An offset that quiet nights proposed, and what staff made of it.
 *
 * @param offsetMm how much further away than the mount height says the ground lies; negative for
 *     nearer
 * @param nights how many quiet nights it rests on, of the last seven
 * @param readings how many readings
 * @param spreadMm by how much the nights differ
 * @param state what became of it, as in table {@code sensor_offset}; outdated is one in whose place
 *     came a newer one or another mount height
 * @param decidedBy login of who decided; empty where nobody had to
 * @param validFrom since when it is in force, if it was accepted
 * @param validUntil until when; empty for still
 */
public record SensorOffset(
    long id,
    int offsetMm,
    int nights,
    int readings,
    int spreadMm,
    String state,
    Instant proposedAt,
    Optional<Instant> decidedAt,
    Optional<String> decidedBy,
    Optional<Instant> validFrom,
    Optional<Instant> validUntil) {

  /** Whether somebody has to decide on it. */
  public boolean isOpen() {
    return state.equals("proposed");
  }
}
