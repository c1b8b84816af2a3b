package io.floodmark.bench.nowcast;

import io.floodmark.nowcast.Drainage;
import io.floodmark.nowcast.Nowcast;
import io.floodmark.nowcast.Outlook;
import io.floodmark.nowcast.Place;
import io.floodmark.nowcast.Recession;
import io.floodmark.nowcast.WaterRun;
import io.floodmark.nowcast.WaterSample;
import io.floodmark.sensor.Sensor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One sensor as the program sees it: what it tells at each believed reading, and how its floods
 * drained, once each has been over for an hour. Not thread-safe.
 */
final class SiteWatch {
  /** As the program has it: see {@code Recessions}. */
  private static final Duration BEFORE_ALERT = Duration.ofMinutes(15);

  private static final Duration AFTER_ALERT = Duration.ofHours(1);

  /** A sensor that reports quickly in a flood counts no more than others. */
  private static final Duration TOLD_EVERY = Duration.ofSeconds(30);

  private final Sensor sensor;
  private final List<Told> told = new ArrayList<>();
  private final List<Recession> past = new ArrayList<>();
  private final List<WaterSample> believed = new ArrayList<>();
  private Instant toldAt = Instant.MIN;
  private int standing;
  private boolean flooded;
  private Instant clearedAt = Instant.MAX;

  SiteWatch(Sensor sensor) {
    this.sensor = sensor;
  }

  Sensor sensor() {
    return sensor;
  }

  List<Told> told() {
    return told;
  }

  /**
   * A reading that is newer than those before.
   *
   * @param sample what is believed of it; empty where it is doubted
   * @param standingLevel level of the alert after it
   */
  void take(Instant at, Optional<WaterSample> sample, int standingLevel) {
    follow(at, standingLevel);
    if (sample.isEmpty()) {
      return;
    }
    believed.add(sample.get());
    if (!flooded) {
      believed.removeIf(old -> old.at().isBefore(at.minus(BEFORE_ALERT)));
    }
    if (sample.get().depthMm() >= WaterRun.WET_FROM_MM
        && !at.isBefore(toldAt.equals(Instant.MIN) ? toldAt : toldAt.plus(TOLD_EVERY))) {
      toldAt = at;
      told.add(tell(sample.get()));
    }
  }

  /** A later reading shows that an earlier one was no water. */
  void doubt(Instant at) {
    believed.removeIf(sample -> sample.at().equals(at));
  }

  private Told tell(WaterSample newest) {
    List<WaterSample> recent = new ArrayList<>();
    for (WaterSample sample : believed) {
      if (!sample.at().isBefore(newest.at().minus(Nowcast.WINDOW))) {
        recent.add(sample);
      }
    }
    Place place =
        new Place(
            sensor.alertPolicy(),
            sensor.calibration().lowPointDeltaMm(),
            sensor.reportInterval(),
            past);
    Outlook outlook = Nowcast.next(place, recent, true, standing);
    OptionalDouble slope = Nowcast.riseMmPerMin(recent);
    int lowPointMm = newest.depthMm() + sensor.calibration().lowPointDeltaMm();
    int next = 1 + Math.max(standing, sensor.alertPolicy().levelOf(lowPointMm));
    return new Told(newest, slope, next, outlook);
  }

  private void follow(Instant at, int standingLevel) {
    boolean raised = standing == 0 && standingLevel > 0;
    boolean over =
        standing == 0 && flooded && (raised || !at.isBefore(clearedAt.plus(AFTER_ALERT)));
    if (over) {
      Recession.of(believed).ifPresent(recession -> past.add(0, recession));
      if (past.size() > Drainage.FLOODS_MAX) {
        past.remove(past.size() - 1);
      }
      flooded = false;
    }
    if (standing > 0 && standingLevel == 0) {
      clearedAt = at;
    }
    flooded |= raised;
    standing = standingLevel;
  }
}
