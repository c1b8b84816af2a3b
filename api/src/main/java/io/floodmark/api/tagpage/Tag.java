package io.floodmark.api.tagpage;

import java.util.Optional;

/**
 * A plate as its page needs it.
 *
 * @param state of the plate
 * @param thing what it belongs to; empty for a plate made ahead
 */
record Tag(PlateState state, Optional<TaggedThing> thing) {
  /** Where a plate is in its life. */
  enum PlateState {
    MADE,
    PRINTED,
    MOUNTED,
    LOST,
    REVOKED,
    REPLACED;

    /** Whether the plate leads nowhere any more. */
    boolean isOver() {
      return this == LOST || this == REVOKED || this == REPLACED;
    }
  }
}
