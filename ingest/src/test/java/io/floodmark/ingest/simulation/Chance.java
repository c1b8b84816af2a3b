package io.floodmark.ingest.simulation;

import java.util.List;
import java.util.Random;

/** All that is left to chance in one simulated world, from its seed. */
final class Chance {
  // 2^64 over the golden ratio: seeds that follow one another would begin alike.
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final Random random;

  Chance(long seed) {
    random = new Random(seed * SPREAD);
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
