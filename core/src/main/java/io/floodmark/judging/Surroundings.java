package io.floodmark.judging;

import io.floodmark.surface.Backing;
import java.util.OptionalDouble;

/**
 * What is known of the neighbourhood as a reading is judged.
 *
 * @param rainLastHourMm rain nearby in the hour before; empty where no gauge says
 * @param neighbours what those say whose newest reading is recent and good
 * @param backing until when rain, a neighbour or residents speak for water here, or against it
 */
public record Surroundings(OptionalDouble rainLastHourMm, Neighbours neighbours, Backing backing) {
  /** Nothing is known. */
  public static final Surroundings UNKNOWN =
      new Surroundings(OptionalDouble.empty(), Neighbours.NONE, Backing.NONE);

  /**
   * Sensors nearby.
   *
   * @param count how many there are
   * @param deepestMm depth at that which has the deepest water, millimetres; of no meaning without
   *     one
   */
  public record Neighbours(int count, int deepestMm) {
    /** Nobody says anything. */
    public static final Neighbours NONE = new Neighbours(0, 0);

    /** These and one more. */
    public Neighbours with(int depthMm) {
      return new Neighbours(count + 1, count == 0 ? depthMm : Math.max(deepestMm, depthMm));
    }
  }
}
