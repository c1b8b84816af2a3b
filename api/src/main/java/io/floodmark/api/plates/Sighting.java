package io.floodmark.api.plates;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What somebody who stands before a plate tells of it. Immutable.
 *
 * @param spot where their phone is, if it knows
 * @param photoId of a photo that they took
 * @param note in their words; the reason where there is no position
 */
record Sighting(Optional<Spot> spot, OptionalLong photoId, Optional<String> note) {
  /** Nothing to tell. */
  static final Sighting NONE =
      new Sighting(Optional.empty(), OptionalLong.empty(), Optional.empty());

  /** Only words. */
  static Sighting of(Optional<String> note) {
    return new Sighting(Optional.empty(), OptionalLong.empty(), note);
  }
}
