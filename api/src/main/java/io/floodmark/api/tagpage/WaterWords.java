package io.floodmark.api.tagpage;

import io.floodmark.api.sensors.SensorState;
import io.floodmark.api.sensors.SensorView;
import io.floodmark.passability.TravelMode;
import io.floodmark.sensor.Calibration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The water at the nearest sensor, in words. What is not known is never shown as dry: neither a
 * sensor that is silent, nor the low point beside a dry one. Immutable, made for one request.
 */
public final class WaterWords {
  private static final double MM_PER_CM = 10;

  /** A slope under this cannot be told from noise; from that on it is fast. As on the map. */
  private static final double STEADY_MM_PER_MIN = 1;

  private static final double FAST_MM_PER_MIN = 10;

  private static final int ROUND_TO_M = 10;

  private final TagPage page;
  private final SensorView sensor;
  private final double distanceM;
  private final SensorState state;
  private final OptionalInt level;

  WaterWords(TagPage page, TaggedThing.NearSensor near) {
    this.page = page;
    this.sensor = near.view();
    this.distanceM = near.distanceM();
    this.state = sensor.stateAt(page.now());
    this.level = sensor.levelIn(state);
  }

  /**
   * A way of travelling, and whether it gets through.
   *
   * @param verdict {@code yes}, {@code care}, {@code no} or {@code unknown}
   */
  public record Passing(String name, String verdict, String words) {}

  /** {@code 0} to {@code 4}; {@code unknown}, {@code silent}, {@code offline}, {@code new}. */
  public String look() {
    if (level.isPresent()) {
      return isUnsure() ? "unsure" : Integer.toString(level.getAsInt());
    }
    return state == SensorState.LIVE ? "unknown" : state.code();
  }

  /** The level, or why there is none. */
  public String headline() {
    if (level.isEmpty()) {
      return page.t("water." + look());
    }
    if (isUnsure()) {
      return page.t("water.unsure");
    }
    return isDry()
        ? page.t("water.dry")
        : page.t("water.level", "n", level.getAsInt(), "name", page.t("level." + level.getAsInt()));
  }

  /** How deep the water stands, as far as that is known. */
  public String depth() {
    SensorView.Latest latest = sensor.latest().orElse(null);
    if (level.isEmpty() || latest == null) {
      return page.t("depth.unknown");
    }
    if (latest.lowPointDepthMm().isPresent()) {
      return page.t("depth.low", "depth", centimetres(latest.lowPointDepthMm().getAsInt()));
    }
    return sensor.lowPointDeltaMm() > 0
        ? page.t("depth.upTo", "depth", centimetres(sensor.lowPointDeltaMm()))
        : page.t("depth.under", "depth", centimetres(Calibration.LOW_POINT_KNOWN_FROM_MM));
  }

  /** Rising, falling or steady; empty where that is not known. */
  public String trend() {
    OptionalDouble slope =
        sensor.latest().map(SensorView.Latest::trendMmPerMin).orElse(OptionalDouble.empty());
    if (level.isEmpty() || slope.isEmpty()) {
      return "";
    }
    double mmPerMin = slope.getAsDouble();
    String rate = page.number(Math.abs(mmPerMin) / MM_PER_CM);
    if (mmPerMin >= FAST_MM_PER_MIN) {
      return page.t("trend.fast", "rate", rate);
    }
    if (mmPerMin >= STEADY_MM_PER_MIN) {
      return page.t("trend.rising", "rate", rate);
    }
    return mmPerMin <= -STEADY_MM_PER_MIN
        ? page.t("trend.falling", "rate", rate)
        : page.t("trend.steady");
  }

  /** How old the newest reading is. */
  public String age() {
    return sensor
        .latest()
        .map(latest -> page.t("water.measured", "ago", page.ago(latest.at())))
        .orElseGet(() -> page.t("water.never"));
  }

  /** Which sensor it is, and how far away. */
  public String where() {
    long metres = Math.max(ROUND_TO_M, Math.round(distanceM / ROUND_TO_M) * ROUND_TO_M);
    String distance = metres < 1_000 ? metres + " m" : page.number(metres / 1_000.0) + " km";
    return page.t("water.where", "name", sensor.name(), "distance", distance);
  }

  /** The way to this sensor on the map. */
  public String mapLink() {
    return "/#/sensor/" + sensor.code();
  }

  /** Whether the sensor is one of the demo's. */
  public boolean madeUp() {
    return sensor.madeUp();
  }

  /** Whether there is water to be careful of. */
  public boolean isWet() {
    return level.isPresent() && !isDry();
  }

  /** Who can still pass, all of them unknown unless the sensor is live and believed. */
  public List<Passing> passings() {
    return Arrays.stream(TravelMode.values())
        .map(
            mode -> {
              String verdict = sensor.passability(mode, state).code();
              return new Passing(
                  page.t("mode." + TagPage.lower(mode)), verdict, page.t("pass." + verdict));
            })
        .toList();
  }

  private boolean isDry() {
    return sensor
        .latest()
        .flatMap(latest -> present(latest.depthMm()))
        .filter(depthMm -> depthMm < Calibration.LOW_POINT_KNOWN_FROM_MM)
        .isPresent();
  }

  /** Dry at the sensor, but its low point may already hold a level. */
  private boolean isUnsure() {
    return isDry() && sensor.lowPointDeltaMm() >= sensor.thresholdsMm().get(0);
  }

  private String centimetres(int mm) {
    return Math.round(mm / MM_PER_CM) + " cm";
  }

  private static Optional<Integer> present(OptionalInt value) {
    return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
  }
}
