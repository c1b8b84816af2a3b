package io.floodmark.ingest.commit;

import io.floodmark.alert.SensorWatch;
import io.floodmark.ingest.commit.SensorState.Latest;
import io.floodmark.quality.QualityFlag;
import io.floodmark.reading.RecentValues;
import io.floodmark.sensor.SensorKind;
import java.util.List;

/**
 * What an evaluated reading did to the alerts beside the flood's. Pure.
 *
 * @param gauge the sensor after it
 * @param changes what began or ended, in order
 */
record Watching(Gauge gauge, List<AlertLog.Change> changes) {

  /** Looks at what a reading came to; backfill begins and ends nothing. */
  static Watching of(Evaluation evaluation) {
    Gauge gauge = evaluation.gauge();
    ReadingRow row = evaluation.row();
    if (row.backfill() || gauge.state().latest().isEmpty()) {
      return new Watching(gauge, List.of());
    }
    Latest latest = gauge.state().latest().get();
    SensorWatch.Step step =
        gauge
            .watch()
            .next(
                gauge.limits(),
                new SensorWatch.Sample(
                    latest.evaluatedAt(),
                    isDoubtful(gauge, latest),
                    latest.batteryMv(),
                    isRiseWatched(gauge, latest)
                        ? gauge.state().trend().depthsMm()
                        : RecentValues.NONE));
    Gauge after = gauge.with(step.watch());
    if (step.changes().isEmpty()) {
      return new Watching(after, List.of()); // as nearly always
    }
    return new Watching(
        after, step.changes().stream().map(change -> AlertLog.Change.by(row, change)).toList());
  }

  /** A good reading of water is the newest that the alert has seen; rain has no alert. */
  private static boolean isDoubtful(Gauge gauge, Latest latest) {
    return gauge.sensor().kind() == SensorKind.RAIN
        ? latest.qc() != QualityFlag.GOOD.code()
        : !latest.evaluatedAt().equals(gauge.state().alert().evaluatedAt());
  }

  private static boolean isRiseWatched(Gauge gauge, Latest latest) {
    return gauge.limits().fastRiseMmPerMin().isPresent() && latest.level().isPresent();
  }
}
