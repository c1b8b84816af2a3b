package io.floodmark.ingest.commit;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.alert.SensorWatch;
import io.floodmark.judging.Surroundings;
import io.floodmark.judging.Vicinity;
import io.floodmark.reading.Reading;
import io.floodmark.reading.ReadingTime;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import io.floodmark.surface.Rainfall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds to judge a reading: the tests and alerts of a sensor with default settings, what its
 * neighbours say and the row that it becomes, alone and with what else there is to do in its batch;
 * of 200 sensors along a street, where water comes and goes, ten readings each in a batch. Run by
 * {@code bench/run jmh}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BatchBenchmark {
  private static final int SENSORS = 200;

  /** So few that with a minute between them none is late. */
  private static final int EACH = 10;

  private static final int READINGS = SENSORS * EACH;
  private static final int MOUNT_HEIGHT_MM = 3_000;
  private static final double METRES_APART_IN_DEGREES = 0.002;

  private static final SensorWatch.Limits WATCHED =
      new SensorWatch.Limits(OptionalInt.of(10), OptionalInt.of(3_400));

  /** How deep water becomes, and how often it comes; at each sensor a little later. */
  private static final int DEEPEST_MM = 400;

  private static final long TIDE_MILLIS = Duration.ofHours(2).toMillis();

  /** Milliseconds from reading to reading: as under the load of the bench, and as from a street. */
  @Param({"10", "60000"})
  private long stepMillis;

  private final Map<Integer, Gauge> gauges = new HashMap<>();
  private final Map<Integer, Vicinity.Word> words = new HashMap<>();
  private Vicinity vicinity = Vicinity.of(List.of());
  private Instant now = Instant.parse("2026-06-01T00:00:00Z");
  private long step;
  private List<Pending> batch = List.of();

  /** A row of sensors along a street. */
  @Setup
  public void sensors() {
    List<Vicinity.Site> sites = new ArrayList<>();
    for (int id = 0; id < SENSORS; id++) {
      String code = "load-" + id;
      Sensor sensor =
          new Sensor(
              id,
              new SensorCode(code),
              SensorKind.DISTANCE,
              new Calibration(OptionalInt.of(MOUNT_HEIGHT_MM), 25, 0),
              new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, AlertPolicy.DEFAULT_CLEAR_DELAY),
              Duration.ofMinutes(1));
      gauges.put(id, new Gauge(sensor, SensorState.unseen(id, 0), WATCHED, SensorWatch.NONE));
      sites.add(
          new Vicinity.Site(
              id,
              code,
              SensorKind.DISTANCE,
              106 + id * METRES_APART_IN_DEGREES,
              20.9,
              Optional.empty()));
    }
    vicinity = Vicinity.of(sites);
  }

  /** What comes next from all of them. */
  @Setup(Level.Invocation)
  public void next() {
    List<List<Reading>> readings = new ArrayList<>();
    for (int id = 0; id < SENSORS; id++) {
      readings.add(new ArrayList<>());
      words.put(
          id, new Vicinity.Word(now, OptionalInt.of(waterMm(id)), waterMm(id) > 0, Rainfall.NONE));
    }
    for (int i = 0; i < EACH; i++, step++) {
      now = now.plusMillis(stepMillis);
      for (int id = 0; id < SENSORS; id++) {
        readings.get(id).add(reading(id));
      }
    }
    batch = new ArrayList<>();
    for (int id = 0; id < SENSORS; id++) {
      batch.add(
          Pending.of(
              new Submission(
                  id,
                  "sensors/load-" + id + "/readings",
                  false,
                  now,
                  EACH,
                  readings.get(id),
                  List.of(),
                  Optional.empty(),
                  () -> {})));
    }
  }

  private int waterMm(int id) {
    double tides = (now.toEpochMilli() % TIDE_MILLIS) / (double) TIDE_MILLIS;
    double turn = 2 * Math.PI * (tides - (double) id / SENSORS);
    return (int) Math.max(0, DEEPEST_MM * Math.sin(turn));
  }

  private Reading reading(int id) {
    int noiseMm = (int) ((step * 7 + id) % 5) - 2;
    return new Reading(
        OptionalLong.of(now.toEpochMilli()),
        OptionalInt.of(MOUNT_HEIGHT_MM - waterMm(id) + noiseMm),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalInt.of(3_710),
        OptionalInt.of(-71),
        OptionalDouble.of(31.2),
        OptionalDouble.of(44),
        OptionalLong.of(step));
  }

  /** A batch, for each reading in it; the next one goes on from there. */
  @Benchmark
  @OperationsPerInvocation(READINGS)
  public BatchOutcome judge() {
    BatchOutcome outcome = Batch.evaluate(batch, gauges, StoredReadings.NONE, this::around);
    outcome.gauges().forEach(gauge -> gauges.put(gauge.sensor().id(), gauge));
    return outcome;
  }

  /** The same without asking whether a reading is new, and without gathering what comes of it. */
  @Benchmark
  @OperationsPerInvocation(READINGS)
  public Map<Integer, Gauge> evaluate() {
    for (Pending pending : batch) {
      int sensorId = pending.sensorId();
      Instant arrivedAt = pending.arrivedAt();
      Gauge gauge = gauges.get(sensorId);
      for (Pending.Item item : pending.items()) {
        Reading reading = item.reading();
        ReadingTime time = ReadingTime.of(reading.deviceTsMillis(), arrivedAt, Instant.MIN);
        Surroundings around = around(sensorId, time.evaluatedAt());
        gauge = Watching.of(Evaluation.of(gauge, reading, time, arrivedAt, around)).gauge();
      }
      gauges.put(sensorId, gauge);
    }
    return gauges;
  }

  private Surroundings around(int sensorId, Instant at) {
    return vicinity.around(sensorId, at, words::get, List.of());
  }
}
