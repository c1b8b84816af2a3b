package io.floodmark.api.tagpage;

import io.floodmark.plate.PlateState;
import java.util.Optional;

/**
 * A plate as its page needs it.
 *
 * @param state of the plate
 * @param thing what it belongs to; empty for a plate made ahead
 */
record Tag(PlateState state, Optional<TaggedThing> thing) {}
