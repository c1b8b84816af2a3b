package io.floodmark.sensor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a sensor measures. */
public enum SensorKind {
  /** Distance from the sensor down to the surface; depth follows from the mount height. */
  DISTANCE,
  /** Depth of water over the ground, computed by the sensor itself (pressure gauges). */
  DEPTH,
  /** Rain since the last reading. */
  RAIN;

  /** The name used in files, in the database and on the wire: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of that {@link #code()}, or empty. */
  public static Optional<SensorKind> find(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }
}
