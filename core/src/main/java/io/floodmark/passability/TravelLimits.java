package io.floodmark.passability;

import java.util.OptionalInt;

/**
 * The depths of still water at a street's lowest point from which a way of travelling asks for
 * care, and from which it ends.
 *
 * @param cautionFromMm depth from which care is needed, 0 to {@value #MOST_MM}
 * @param noFromMm depth from which one should not go, {@code cautionFromMm} to {@value #MOST_MM}
 */
public record TravelLimits(int cautionFromMm, int noFromMm) {
  /** No limit lies higher: deeper than any street. */
  public static final int MOST_MM = 5_000;

  /** Checks the ranges and the order. */
  public TravelLimits {
    if (cautionFromMm < 0 || noFromMm > MOST_MM || cautionFromMm > noFromMm) {
      throw new IllegalArgumentException(
          "Impossible limits: care from "
              + cautionFromMm
              + " mm, no from "
              + noFromMm
              + " mm. Give 0 to "
              + MOST_MM
              + ", care not after no.");
    }
  }

  /**
   * Whether one can pass a street whose sensor is live and believed. Where the depth is not known
   * it is somewhere in a range; then only what is true of all of the range is said.
   *
   * @param lowPointDepthMm depth at the street's lowest point; empty while the sensor stands dry,
   *     for then the lowest point holds an unknown 0 to {@code lowPointDeltaMm}
   * @param lowPointDeltaMm how much deeper the lowest point lies than the ground at the sensor, 0
   *     or more
   */
  public Passability at(OptionalInt lowPointDepthMm, int lowPointDeltaMm) {
    if (lowPointDepthMm.isPresent()) {
      return at(lowPointDepthMm.getAsInt());
    }
    Passability atMost = at(lowPointDeltaMm);
    return at(0) == atMost ? atMost : Passability.UNKNOWN;
  }

  private Passability at(int depthMm) {
    if (depthMm >= noFromMm) {
      return Passability.NO;
    }
    return depthMm >= cautionFromMm ? Passability.CARE : Passability.YES;
  }
}
