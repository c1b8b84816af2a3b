package io.floodmark.api.sensors;

import java.util.Locale;

/** How far a sensor is to be believed now. */
public enum SensorState {
  /** Nothing has come from it yet. */
  NEW,
  /** Its newest reading is recent. */
  LIVE,
  /** It has not reported for too long. */
  SILENT,
  /** It said so itself, or its will did, and nothing came after. */
  OFFLINE,
  /** Somebody works on it: what it says is not shown as the street's. */
  MAINTENANCE,
  /** Taken out of service. */
  RETIRED;

  /** The name on the wire: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
