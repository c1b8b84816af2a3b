package io.floodmark.passability;

import java.util.Arrays;
import java.util.Optional;

/**
 * A way of travelling, and the limits that it has by default. No current is measured: where water
 * is known to flow fast, even these depths are too much. For reference only; no Vietnamese rule
 * sets such depths.
 */
public enum TravelMode {
  /**
   * An adult on foot. AR&amp;R hazard class H3 (0.5 m, slow water) is where people are no longer
   * safe; care from 150 mm, over the ankle, where the ground is no longer seen.
   */
  FOOT_ADULT("footAdult", 150, 500),
  /**
   * A child or somebody frail on foot. AR&amp;R class H1 (0.3 m) is the last that is safe for all;
   * care from 100 mm, at which open manholes and live wires are no longer seen.
   */
  FOOT_CHILD("footChild", 100, 300),
  /**
   * A bicycle. The lower pedal dips in at some 100 mm; beyond AR&amp;R class H1 (0.3 m) the hub is
   * under and whoever steps off stands in water unsafe for some.
   */
  BICYCLE("bicycle", 100, 300),
  /**
   * A motorbike or scooter. Vietnamese dealers advise another way above 200 mm, scooters, with
   * their low air filter, earlier.
   */
  MOTORBIKE("motorbike", 100, 200),
  /**
   * A car or an ordinary ambulance. Speed nears nothing at 300 mm (Pregnolato and others 2017,
   * doi:10.1016/j.trd.2017.06.020), which is also half a wheel; at 150 mm it is a quarter of the
   * usual.
   */
  CAR("car", 150, 300),
  /**
   * A truck, bus or fire engine. AR&amp;R class H3: from 0.5 m no vehicle is safe; below that these
   * need no care of their own.
   */
  TRUCK("truck", 500, 500);

  private final String key;
  private final int cautionFromMm;
  private final int noFromMm;

  TravelMode(String key, int cautionFromMm, int noFromMm) {
    this.key = key;
    this.cautionFromMm = cautionFromMm;
    this.noFromMm = noFromMm;
  }

  /** The name on the wire and in the database. */
  public String key() {
    return key;
  }

  /** The depths that count unless a ward has set its own. */
  public TravelLimits limits() {
    return new TravelLimits(cautionFromMm, noFromMm);
  }

  /** The way of travelling of that key. */
  public static Optional<TravelMode> find(String key) {
    return Arrays.stream(values()).filter(mode -> mode.key.equals(key)).findFirst();
  }
}
