package io.floodmark.nowcast;

import io.floodmark.sensor.Calibration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest believed samples of one flood that goes on, without those before it. Immutable.
 *
 * @param samples by time, none under {@link #WET_FROM_MM}; empty where no water is seen now
 */
public record WaterRun(List<WaterSample> samples) {
  /** Depth from which a sensor sees water for certain. */
  public static final int WET_FROM_MM = Calibration.LOW_POINT_KNOWN_FROM_MM;

  private static final double MILLIS_PER_MINUTE = 60_000.0;

  /** Copies the list. */
  public WaterRun {
    samples = List.copyOf(samples);
  }

  /**
   * The run that the newest of some samples belongs to.
   *
   * @param believed by time; one without water ends what was before it
   */
  public static WaterRun endOf(List<WaterSample> believed) {
    int from = believed.size();
    while (from > 0 && believed.get(from - 1).depthMm() >= WET_FROM_MM) {
      from--;
    }
    return new WaterRun(believed.subList(from, believed.size()));
  }

  /** Whether no water is seen now. */
  public boolean isEmpty() {
    return samples.isEmpty();
  }

  /** The newest sample, of a run that has one. */
  public WaterSample newest() {
    return samples.get(samples.size() - 1);
  }

  /** The samples of the last {@code window} before the newest, both ends included. */
  public WaterRun last(Duration window) {
    if (isEmpty()) {
      return this;
    }
    List<WaterSample> kept = new ArrayList<>();
    for (WaterSample sample : samples) {
      if (!sample.at().isBefore(newest().at().minus(window))) {
        kept.add(sample);
      }
    }
    return new WaterRun(kept);
  }

  /** Time from the oldest to the newest sample. */
  public Duration span() {
    return isEmpty()
        ? Duration.ZERO
        : Duration.between(samples.get(0).at(), samples.get(samples.size() - 1).at());
  }

  /** Least-squares slope in millimetres a minute; zero where the samples span no time. */
  public double mmPerMin() {
    Line line = Line.through(samples, WaterSample::depthMm);
    return line.perMinute();
  }

  /** Minutes between two times. */
  static double minutes(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / MILLIS_PER_MINUTE;
  }
}
