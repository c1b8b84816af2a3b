package io.floodmark.quality;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * By what limits the readings of a sensor are judged. The defaults are for streets, not for tide
 * gauges; each says why. Lengths in millimetres.
 *
 * @param gap silence after which what follows has nothing before it
 * @param spike what sticks out of the readings before and after; empty for off
 * @param fastMmPerMin change beyond which a reading is of high interest
 * @param flatLine when the raw measurement counts as stuck; empty for off
 * @param attenuation when the raw measurement moves too little; empty for off
 * @param seasons what depth is usual when; empty for off
 * @param rainLeastMm less rain than this in the last hour does not explain a fast rise; empty for
 *     off
 * @param neighbour how far above its neighbours a sensor may be; empty for off
 * @param errorCodesMm distances by which devices say that they have measured nothing
 * @param constantCodesMm distances that say so if they come twice running
 */
public record QualitySettings(
    Duration gap,
    Optional<SpikeRule> spike,
    double fastMmPerMin,
    Optional<FlatLine> flatLine,
    Optional<Attenuation> attenuation,
    List<Season> seasons,
    OptionalDouble rainLeastMm,
    Optional<Neighbourhood> neighbour,
    List<Integer> errorCodesMm,
    List<Integer> constantCodesMm) {

  private static final Duration GAP = Duration.ofHours(2);

  /**
   * In 0.5 % of 2,256 recorded floods a sample stands out by more than 100 mm of its neighbours'
   * mean, which is never less than what the differential method measures. Waves that cars make do.
   */
  private static final SpikeRule SPIKE = new SpikeRule(SpikeRule.Method.DIFFERENTIAL, 50, 200);

  /** 8 % of recorded floods rise faster within a minute. */
  private static final double FAST_MM_PER_MIN = 50;

  /** In 9 % of recorded floods ten samples are the same, so counts of samples say nothing. */
  private static final FlatLine FLAT_LINE = new FlatLine(Duration.ofHours(6), Optional.empty(), 1);

  /** A day's heat alone moves an ultrasonic measurement by more. */
  private static final Attenuation ATTENUATION = new Attenuation(Duration.ofDays(1), 2, 0);

  /** The deepest of those floods had 1,038 mm; streets nearby may be dry. */
  private static final Neighbourhood NEIGHBOUR = new Neighbourhood(1_000, 2);

  private static final double RAIN_LEAST_MM = 0.2;

  // Nothing came back (weeds, dirt), or the sensor is damaged; 300 is the least that common devices
  // can measure, and stays while something hangs in front of them.
  private static final List<Integer> ERROR_CODES_MM = List.of(0, 5_000, 10_000);
  private static final List<Integer> CONSTANT_CODES_MM = List.of(300);

  /** For a sensor of which nobody says otherwise. */
  public static final QualitySettings DEFAULT =
      new QualitySettings(
          GAP,
          Optional.of(SPIKE),
          FAST_MM_PER_MIN,
          Optional.of(FLAT_LINE),
          Optional.of(ATTENUATION),
          List.of(),
          OptionalDouble.of(RAIN_LEAST_MM),
          Optional.of(NEIGHBOUR),
          ERROR_CODES_MM,
          CONSTANT_CODES_MM);

  /**
   * When a raw measurement counts as stuck.
   *
   * @param suspectAfter time without movement after which it is suspect
   * @param failAfter time after which it fails; empty for never
   * @param toleranceMm movement below this is none, 1 mm or more
   */
  public record FlatLine(Duration suspectAfter, Optional<Duration> failAfter, int toleranceMm) {
    private static final Duration LEAST = Duration.ofMinutes(30);
    private static final int TOLERANCE_MAX_MM = 50;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a time could be that of a flood that stands, or the
     *     tolerance is out of range
     */
    public FlatLine {
      if (suspectAfter.compareTo(LEAST) < 0
          || failAfter.filter(time -> time.compareTo(suspectAfter) < 0).isPresent()) {
        throw new IllegalArgumentException(
            "A flat line is suspect after 30 minutes or more, and fails no earlier.");
      }
      if (toleranceMm < 1 || toleranceMm > TOLERANCE_MAX_MM) {
        throw new IllegalArgumentException(
            "The tolerance of a flat line is 1 to 50 mm, not " + toleranceMm + ".");
      }
    }

    /** In samples of a sensor that reports every {@code interval}. */
    public FlatLineRule rule(Duration interval) {
      return new FlatLineRule(
          count(suspectAfter, interval),
          failAfter.isPresent() ? count(failAfter.get(), interval) : Integer.MAX_VALUE,
          toleranceMm);
    }

    // At least two: of one sample everything is flat.
    private static int count(Duration time, Duration interval) {
      return (int) Math.max(2, Math.min(Integer.MAX_VALUE, time.toMillis() / interval.toMillis()));
    }
  }

  /**
   * When a raw measurement moves too little.
   *
   * @param period over which it is watched, 1 hour to 7 days
   * @param suspectMm it is suspect if it moves by less, largest less smallest
   * @param failMm it fails if it moves by less; 0 for never
   */
  public record Attenuation(Duration period, double suspectMm, double failMm) {
    /** What is remembered of a period, evenly spread: one in 24 parts of it. */
    public static final int SAMPLES = 24;

    /** Of the parts of a period, how many must be known before anything is said. */
    private static final int SAMPLES_MIN = 20;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public Attenuation {
      if (period.compareTo(Duration.ofHours(1)) < 0
          || period.compareTo(Duration.ofDays(7)) > 0
          || !(suspectMm > 0)
          || !(failMm >= 0)
          || failMm > suspectMm) {
        throw new IllegalArgumentException(
            "An attenuated signal is watched over 1 hour to 7 days; its suspect limit is more than"
                + " 0 mm, and that for failing no larger.");
      }
    }

    /** The test over what is remembered. */
    public AttenuationRule rule() {
      return new AttenuationRule(
          AttenuationRule.Spread.RANGE,
          suspectMm,
          failMm,
          period.toMillis(),
          SAMPLES + 1,
          SAMPLES_MIN);
    }

    /** A sample so long after the last one that is remembered is remembered too, milliseconds. */
    public long spacingMillis() {
      return period.toMillis() / SAMPLES;
    }
  }

  /**
   * How far above its neighbours a sensor may be.
   *
   * @param suspectMm beyond this above the deepest of them it is suspect, 1 or more
   * @param countMin of so few neighbours and more, 1 or more
   */
  public record Neighbourhood(int suspectMm, int countMin) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public Neighbourhood {
      if (suspectMm < 1 || countMin < 1) {
        throw new IllegalArgumentException(
            "Neighbours need a limit and a count of 1 or more: " + suspectMm + ", " + countMin);
      }
    }
  }

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a limit is out of its range
   */
  public QualitySettings {
    seasons = List.copyOf(seasons);
    errorCodesMm = List.copyOf(errorCodesMm);
    constantCodesMm = List.copyOf(constantCodesMm);
    if (gap.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("A gap is one of a minute or more: " + gap);
    }
    if (!(fastMmPerMin > 0)) {
      throw new IllegalArgumentException("A fast change is one of more than 0 mm a minute.");
    }
    if (rainLeastMm.isPresent() && !(rainLeastMm.getAsDouble() > 0)) {
      throw new IllegalArgumentException("Rain that explains a rise is more than 0 mm.");
    }
  }
}
