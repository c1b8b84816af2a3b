package io.floodmark.surface;

/** What a reading is taken for when it comes in. */
public enum Sight {
  /** The ground, or water too low to matter. */
  GROUND,
  /** Water that was seen often enough to be believed. */
  WATER,
  /** Water perhaps: it rose as water does, but too few readings say so yet. */
  UNCONFIRMED,
  /** A leap: something passes, something was put down, or water rises very fast. */
  LEAP,
  /** A thing that stands there: it came at once and has not changed since. */
  PARKED,
  /** Echoes that scatter too much to say anything. */
  SCATTERED,
  /** A slow rise against all that is known: heat, or something that sags into the beam. */
  DRIFT;

  /** Whether alerts may count on the reading. */
  public boolean isGood() {
    return this == GROUND || this == WATER;
  }
}
