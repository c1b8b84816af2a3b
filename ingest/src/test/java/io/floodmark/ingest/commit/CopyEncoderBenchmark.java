package io.floodmark.ingest.commit;

import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityTest;
import io.floodmark.quality.TestFlags;
import io.floodmark.reading.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds to encode a row for COPY, in a batch as large as the commit loop's. Run by {@code
 * bench/run jmh}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CopyEncoderBenchmark {
  private static final int ROWS = 2_000;
  private static final int SENSORS = 100;
  private static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

  private final CopyEncoder encoder = new CopyEncoder();
  private final List<ReadingRow> rows = rows();

  /** A batch; what is returned keeps the work from being left out. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int row() {
    encoder.encode(rows);
    return encoder.length();
  }

  private static List<ReadingRow> rows() {
    TestFlags tests = TestFlags.NONE;
    for (QualityTest test : QualityTest.values()) {
      tests = tests.with(test, QualityFlag.GOOD);
    }
    List<ReadingRow> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Reading reading =
          new Reading(
              OptionalLong.of(START.plusMillis(i).toEpochMilli()),
              OptionalInt.of(2_812),
              OptionalInt.empty(),
              OptionalDouble.empty(),
              OptionalInt.of(3_710),
              OptionalInt.of(-71),
              OptionalDouble.of(31.2),
              OptionalDouble.of(44),
              OptionalLong.of(i));
      rows.add(
          new ReadingRow(
              i % SENSORS,
              START.plusMillis(i),
              START.plusMillis(i + 200),
              reading,
              OptionalInt.of(188),
              OptionalInt.of(288),
              tests,
              Set.of(),
              false,
              false));
    }
    return rows;
  }
}
