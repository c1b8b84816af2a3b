package io.floodmark.judging;

import io.floodmark.surface.Backing;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What is known of the neighbourhood as a reading is judged.
 *
 * @param rainLastHourMm rain nearby in the hour before; empty where no gauge says
 * @param neighbourDepthsMm newest depths of the neighbours, of those whose reading is recent and
 *     good
 * @param backing until when rain, a neighbour or residents speak for water here, or against it
 */
public record Surroundings(
    OptionalDouble rainLastHourMm, List<Integer> neighbourDepthsMm, Backing backing) {
  /** Nothing is known. */
  public static final Surroundings UNKNOWN =
      new Surroundings(OptionalDouble.empty(), List.of(), Backing.NONE);

  /** Copies the depths. */
  public Surroundings {
    neighbourDepthsMm = List.copyOf(neighbourDepthsMm);
  }
}
