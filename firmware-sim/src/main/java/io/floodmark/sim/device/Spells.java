package io.floodmark.sim.device;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Something that goes away for a while, again and again.
 *
 * @param meanApart mean time between the end of one spell and the start of the next; zero for none
 *     at all
 * @param meanLength mean length of one; zero for none at all
 */
public record Spells(Duration meanApart, Duration meanLength) {
  /** It never goes away. */
  public static final Spells NEVER = new Spells(Duration.ZERO, Duration.ZERO);

  public Spells {
    if (meanApart.isNegative()
        || meanLength.isNegative()
        || meanApart.isZero() != meanLength.isZero()) {
      throw new IllegalArgumentException(
          "Outages need a mean time between them and a mean length, both more than zero.");
    }
  }

  /**
   * One of them.
   *
   * @param after time since the end of the spell before, or since the start
   */
  public record Spell(Duration after, Duration length) {}

  /** As the seed has it, without end unless there are none. */
  Stream<Spell> drawn(long seed) {
    if (meanApart.isZero()) {
      return Stream.empty();
    }
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.generate(
        () -> new Spell(exponential(meanApart, random), exponential(meanLength, random)));
  }

  private static Duration exponential(Duration mean, SplittableRandom random) {
    return Duration.ofMillis(Math.round(mean.toMillis() * -Math.log1p(-random.nextDouble())));
  }
}
