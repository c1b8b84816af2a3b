package io.floodmark.surface;

/** How many readings make water of what is seen. */
final class Evidence {
  /** A motorbike, a car, a heap of bags is higher; most floods are not. */
  private static final double LOW_LEAP_MM = 150;

  private static final double HIGH_LEAP_MM = 400;

  /** Without a word of rain: lower than this, three readings are enough. */
  private static final double SMALL_LEAP_MM = 60;

  private static final int BUSY_EXTRA = 2;

  /** Readings that stay at one height, after the one that leapt there. */
  static final int FLATS_OF_THING = 2;

  private static final int READINGS_OF_FLAT_WATER = 4;
  private static final int READINGS_OF_UNSEEN = 2;

  private Evidence() {}

  /** Readings in a row above the least depth that make water of what rose there. */
  static int readingsOfWater(Support support) {
    return support == Support.AGAINST ? 9 : 2;
  }

  /** Readings in a row by which a thing has to move to be water. */
  static int movesOfThing(Support support) {
    return support == Support.AGAINST ? 12 : 5;
  }

  static boolean isWater(Leap leap, Support support, boolean busy) {
    if (leap.afterSilence() && support != Support.AGAINST) {
      return leap.samples() >= READINGS_OF_UNSEEN;
    }
    int needed = readingsOfLeap(leap.byMm(), support) + (busy ? BUSY_EXTRA : 0);
    boolean rising = leap.samples() >= needed && leap.rises() >= needed - 1;
    // Where it rains, what came at once and stays is low water rather than a thing.
    boolean flat =
        support == Support.FOR
            && !busy
            && leap.byMm() <= LOW_LEAP_MM
            && leap.samples() >= READINGS_OF_FLAT_WATER;
    return rising || flat;
  }

  static boolean isThing(Leap leap, Support support) {
    boolean mayBeWater = support == Support.FOR && leap.byMm() <= LOW_LEAP_MM;
    return !mayBeWater && leap.flats() >= FLATS_OF_THING;
  }

  private static int readingsOfLeap(double byMm, Support support) {
    return switch (support) {
      case FOR -> byMm <= LOW_LEAP_MM ? 2 : byMm <= HIGH_LEAP_MM ? 3 : 4;
      case UNKNOWN -> byMm <= SMALL_LEAP_MM ? 3 : 4;
      case AGAINST -> 5;
    };
  }
}
