package io.floodmark.sim.device;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * When each device loses its network. The same seed and code give the same outages.
 *
 * @param seed draws the outages
 * @param meanUp mean time between the end of one outage and the start of the next; zero for no
 *     outages at all
 * @param meanDown mean length of an outage
 */
public record FaultPlan(long seed, Duration meanUp, Duration meanDown) {
  /** A network that never fails. */
  public static final FaultPlan NONE = new FaultPlan(0, Duration.ZERO, Duration.ZERO);

  public FaultPlan {
    if (meanUp.isNegative() || meanDown.isNegative() || meanUp.isZero() != meanDown.isZero()) {
      throw new IllegalArgumentException(
          "Outages need a mean time between them and a mean length, both more than zero.");
    }
  }

  /**
   * One loss of network.
   *
   * @param after time since the end of the outage before, or since the start
   */
  public record Outage(Duration after, Duration length) {}

  /** The outages of one device, without end unless there are none. */
  public Stream<Outage> outages(String code) {
    if (meanUp.isZero()) {
      return Stream.empty();
    }
    SplittableRandom random = new SplittableRandom(seed * 31 + code.hashCode());
    return Stream.generate(
        () -> new Outage(exponential(meanUp, random), exponential(meanDown, random)));
  }

  private static Duration exponential(Duration mean, SplittableRandom random) {
    return Duration.ofMillis(Math.round(mean.toMillis() * -Math.log1p(-random.nextDouble())));
  }
}
