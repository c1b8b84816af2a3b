package io.floodmark.sim.street;

import java.util.Locale;

/** What a reading really showed. */
public enum Cause {
  /** Dry ground. */
  GROUND,
  /** Water. */
  FLOOD,
  /** Dry ground, seen too near through hot air. */
  HEAT,
  /** Cars and people passing under the sensor, one after the other. */
  PULSES,
  /** Something put down under the sensor: a motorbike, a bag of rubbish. */
  BOX,
  /** One stray echo. */
  BLIP,
  /** Two samples of something, on their own. */
  SHORT,
  /** A web or a twig that sags into the beam over hours. */
  CREEP,
  /** Echoes scattered by wind and spray. */
  ROUGH,
  /** A number by which the device says that it has measured nothing. */
  ERROR_CODE;

  /** The name in files: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
