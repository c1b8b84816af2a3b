package io.floodmark.api.plates;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One line of a plate's history. Immutable.
 *
 * @param kind as {@code mounted}
 * @param actor who did it
 * @param position where the phone was, as "20.94110, 106.07120"; empty if it was not known
 * @param distanceM from there to where the asset is registered
 * @param photoKey of a photo that was taken
 * @param note in the actor's words; may be empty
 */
public record PlateEvent(
    String kind,
    Instant at,
    String actor,
    String position,
    OptionalDouble distanceM,
    Optional<String> photoKey,
    String note) {}
