package io.floodmark.ingest.simulation;

import java.util.List;
import java.util.Random;

/** All that is left to chance in one simulated world, from its seed. */
final class Chance {
  private final Random random;

  Chance(long seed) {
    random = new Random(seed);
  }

  /** Once in so many times. */
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** From {@code min} to {@code max}, both included. */
  int between(int min, int max) {
    return min + random.nextInt(max - min + 1);
  }

  /** One of them. */
  <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** A source of chance of its own, so that what is drawn there moves nothing here. */
  Random fork() {
    return new Random(random.nextLong());
  }
}
