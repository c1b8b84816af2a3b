package io.floodmark.api.sensors;

import io.floodmark.nowcast.Outlook;
import io.floodmark.passability.TravelRules;
import io.floodmark.quality.QualityFlag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Sensors for tests: one that reports every minute, and what may be different about it. */
public record SensorViews(
    int id,
    String code,
    Duration reportInterval,
    Optional<Instant> retiredAt,
    Optional<Instant> lastArrivalAt,
    Optional<Instant> offlineSince,
    Optional<SensorView.Latest> latest) {

  /** A sensor that has never reported. */
  public static SensorViews sensor(int id, String code) {
    return new SensorViews(
        id,
        code,
        Duration.ofMinutes(1),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** With a good reading that arrived when it was measured. */
  public SensorViews heard(Instant at, int depthMm, int level) {
    return heard(at, at, depthMm, level, 1);
  }

  /** With a reading. */
  public SensorViews heard(Instant at, Instant arrivedAt, int depthMm, int level, int qc) {
    SensorView.Latest reading =
        new SensorView.Latest(
            at,
            arrivedAt,
            OptionalInt.of(depthMm),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            qc,
            qc != QualityFlag.SUSPECT.code(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalInt.of(level));
    return new SensorViews(
        id,
        code,
        reportInterval,
        retiredAt,
        Optional.of(arrivedAt),
        offlineSince,
        Optional.of(reading));
  }

  /** Something came that says nothing of now. */
  public SensorViews arrived(Instant at) {
    return new SensorViews(
        id, code, reportInterval, retiredAt, Optional.of(at), offlineSince, latest);
  }

  /** With another report interval. */
  public SensorViews every(Duration interval) {
    return new SensorViews(id, code, interval, retiredAt, lastArrivalAt, offlineSince, latest);
  }

  /** Its will said so. */
  public SensorViews offline(Instant since) {
    return new SensorViews(
        id, code, reportInterval, retiredAt, lastArrivalAt, Optional.of(since), latest);
  }

  /** Out of service. */
  public SensorViews retired(Instant at) {
    return new SensorViews(
        id, code, reportInterval, Optional.of(at), lastArrivalAt, offlineSince, latest);
  }

  /** The view. */
  public SensorView view() {
    return new SensorView(
        id,
        code,
        "Ngã tư Bần",
        "distance",
        106.0712,
        20.9411,
        180,
        reportInterval,
        List.of(100, 200, 300, 500),
        OptionalInt.of(2),
        Optional.empty(),
        Optional.empty(),
        false,
        retiredAt,
        lastArrivalAt,
        offlineSince,
        latest,
        Outlook.nothing(Outlook.Why.DRY),
        Optional.empty(),
        Optional.empty(),
        TravelRules.DEFAULT);
  }
}
