package io.floodmark.nowcast;

import java.util.List;
import java.util.Optional;

/**
 * How one flood drained, as an exponential and as a line through its last fall.
 *
 * @param fromMm depth under the sensor at which the fall began
 * @param tauMinutes in which the depth falls to 1/e, more than 0
 * @param exponentialRmseMm by how much the exponential misses the readings
 * @param mmPerMin by which the line falls, more than 0
 * @param linearRmseMm by how much the line misses the readings
 */
public record Recession(
    int fromMm, double tauMinutes, double exponentialRmseMm, double mmPerMin, double linearRmseMm) {

  private static final int SAMPLES_MIN = 5;
  private static final double MINUTES_MIN = 10;

  /** A fall by less may be a wave. */
  private static final int FALL_MIN_MM = 30;

  /** A rise by so much more than noise, on the way down, begins another fall. */
  private static final double RERISE_MM = 15;

  private static final double RERISE_SHARE = 0.1;

  /** A fall that was not seen down to here says little of its end. */
  private static final double SEEN_TO_SHARE = 0.5;

  /**
   * The last fall of a flood.
   *
   * @param flood believed samples, by time; those without water may be among them
   * @return empty where it fell too little, or was not seen to fall
   */
  public static Optional<Recession> of(List<WaterSample> flood) {
    List<WaterSample> fall = lastFall(flood);
    if (fall.size() < SAMPLES_MIN) {
      return Optional.empty();
    }
    WaterSample first = fall.get(0);
    WaterSample last = fall.get(fall.size() - 1);
    Line line = Line.through(fall, WaterSample::depthMm);
    Line logarithm = Line.through(fall, sample -> Math.log(sample.depthMm()));
    if (WaterRun.minutes(first.at(), last.at()) < MINUTES_MIN
        || first.depthMm() - last.depthMm() < FALL_MIN_MM
        || last.depthMm() > SEEN_TO_SHARE * first.depthMm()
        || line.perMinute() >= 0
        || logarithm.perMinute() >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Recession(
            first.depthMm(),
            -1 / logarithm.perMinute(),
            rmse(fall, minute -> Math.exp(logarithm.at(minute))),
            -line.perMinute(),
            rmse(fall, line::at)));
  }

  /** From the last peak down to the last water, however often it rose before. */
  private static List<WaterSample> lastFall(List<WaterSample> flood) {
    int last = flood.size() - 1;
    while (last >= 0 && isDry(flood.get(last))) {
      last--;
    }
    int from = last + 1;
    int highest = 0;
    for (int i = last; i >= 0; i--) {
      int depthMm = flood.get(i).depthMm();
      if (depthMm < highest - Math.max(RERISE_MM, RERISE_SHARE * highest)) {
        break;
      }
      if (depthMm >= highest) {
        highest = depthMm;
        from = i;
      }
    }
    // Around its end water is now seen and now not.
    return flood.subList(from, last + 1).stream().filter(sample -> !isDry(sample)).toList();
  }

  private static boolean isDry(WaterSample sample) {
    return sample.depthMm() < WaterRun.WET_FROM_MM;
  }

  @FunctionalInterface
  private interface Curve {
    double at(double minute);
  }

  private static double rmse(List<WaterSample> fall, Curve curve) {
    double squares = 0;
    for (WaterSample sample : fall) {
      double error = curve.at(Line.minute(fall, sample)) - sample.depthMm();
      squares += error * error / fall.size();
    }
    return Math.sqrt(squares);
  }
}
