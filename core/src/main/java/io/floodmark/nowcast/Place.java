package io.floodmark.nowcast;

import io.floodmark.alert.AlertPolicy;
import java.time.Duration;
import java.util.List;

/**
 * What does not change at a sensor while water rises and falls.
 *
 * @param policy from which depth at the low point which level is met
 * @param lowPointDeltaMm how much deeper the street's lowest point lies, 0 or more
 * @param reportInterval expected time between two readings
 * @param past how earlier floods here drained, newest first
 */
public record Place(
    AlertPolicy policy, int lowPointDeltaMm, Duration reportInterval, List<Recession> past) {
  /** Copies the list. */
  public Place {
    past = List.copyOf(past);
  }
}
