package io.floodmark.passability;

import java.util.OptionalInt;

/**
 * A way of travelling, and the depths of still water at a street's lowest point from which it asks
 * for care and from which it ends. No current is measured: where water is known to flow fast, even
 * these depths are too much. For reference only; no Vietnamese rule sets such depths.
 */
public enum TravelMode {
  /**
   * An adult on foot. AR&amp;R hazard class H3 (0.5 m, slow water) is where people are no longer
   * safe; care from 150 mm, over the ankle, where the ground is no longer seen.
   */
  FOOT_ADULT(150, 500),
  /**
   * A child or somebody frail on foot. AR&amp;R class H1 (0.3 m) is the last that is safe for all;
   * care from 100 mm, at which open manholes and live wires are no longer seen.
   */
  FOOT_CHILD(100, 300),
  /**
   * A bicycle. The lower pedal dips in at some 100 mm; beyond AR&amp;R class H1 (0.3 m) the hub is
   * under and whoever steps off stands in water unsafe for some.
   */
  BICYCLE(100, 300),
  /**
   * A motorbike or scooter. Vietnamese dealers advise another way above 200 mm, scooters, with
   * their low air filter, earlier.
   */
  MOTORBIKE(100, 200),
  /**
   * A car or an ordinary ambulance. Speed nears nothing at 300 mm (Pregnolato and others 2017,
   * doi:10.1016/j.trd.2017.06.020), which is also half a wheel; at 150 mm it is a quarter of the
   * usual.
   */
  CAR(150, 300),
  /**
   * A truck, bus or fire engine. AR&amp;R class H3: from 0.5 m no vehicle is safe; below that these
   * need no care of their own.
   */
  TRUCK(500, 500);

  private final int cautionFromMm;
  private final int noFromMm;

  TravelMode(int cautionFromMm, int noFromMm) {
    this.cautionFromMm = cautionFromMm;
    this.noFromMm = noFromMm;
  }

  /** Depth from which care is needed, in millimetres; at most {@link #noFromMm()}. */
  public int cautionFromMm() {
    return cautionFromMm;
  }

  /** Depth from which one should not go, in millimetres. */
  public int noFromMm() {
    return noFromMm;
  }

  /**
   * Whether one can pass a street whose sensor is live and believed.
   *
   * @param lowPointDepthMm depth at the street's lowest point; empty while the sensor stands dry,
   *     for then the lowest point holds an unknown 0 to {@code lowPointDeltaMm}
   * @param lowPointDeltaMm how much deeper the lowest point lies than the ground at the sensor, 0
   *     or more
   */
  public Passability at(OptionalInt lowPointDepthMm, int lowPointDeltaMm) {
    if (lowPointDepthMm.isEmpty()) {
      return lowPointDeltaMm < cautionFromMm ? Passability.YES : Passability.UNKNOWN;
    }
    int depthMm = lowPointDepthMm.getAsInt();
    if (depthMm >= noFromMm) {
      return Passability.NO;
    }
    return depthMm >= cautionFromMm ? Passability.CARE : Passability.YES;
  }
}
