package io.floodmark.nowcast;

import java.time.Instant;

/** What comes next at one sensor, told by its newest reading. */
public sealed interface Outlook {

  /**
   * The water may reach the next level.
   *
   * @param level 1 to 4
   * @param basedOn event time of the newest reading
   * @param from the earliest time at which it is to be expected
   * @param to the latest, at most {@link DampedRise#LEAD_MAX_MINUTES} after {@code basedOn}
   * @param until after that time it is to be told no longer: a newer reading should be there
   */
  record Rise(int level, Instant basedOn, Instant from, Instant to, Instant until)
      implements Outlook {}

  /**
   * The water drains, and will be gone from under the sensor: shallower than {@link
   * WaterRun#WET_FROM_MM}. The low point may hold some for longer.
   *
   * @param basedOn event time of the newest reading
   * @param from the earliest time at which it is to be expected
   * @param expected the middle of what past floods say
   * @param to the latest
   * @param until after that time it is to be told no longer
   * @param floods how many past floods of this place say so
   */
  record Fall(
      Instant basedOn, Instant from, Instant expected, Instant to, Instant until, int floods)
      implements Outlook {}

  /**
   * There is nothing to say.
   *
   * @param why for whom it may concern
   */
  record Nothing(Why why) implements Outlook {}

  /** Why there is nothing to say. */
  enum Why {
    /** No water is seen under the sensor. */
    DRY,
    /** The newest reading is doubted. */
    DOUBTED,
    /** Readings are too few, or too far apart, to tell a slope. */
    TOO_FEW,
    /** The water neither rises nor falls for certain. */
    STEADY,
    /** It rises, but not to the next level within the time that can be told. */
    TOO_FAR,
    /** It rises, and stands at the highest level already. */
    SEVERE,
    /** It falls, and too few floods of this place have been seen to end. */
    NO_PAST,
    /** It falls, and the floods of this place ended too differently. */
    PAST_DIFFERS
  }

  /** Nothing to say. */
  static Outlook nothing(Why why) {
    return new Nothing(why);
  }

  /** Whether it is still to be told at {@code now}. */
  default boolean standsAt(Instant now) {
    if (this instanceof Rise rise) {
      return !now.isAfter(rise.until());
    }
    return this instanceof Fall fall && !now.isAfter(fall.until());
  }
}
