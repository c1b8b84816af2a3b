package io.floodmark.ingest.payload;

import java.nio.charset.StandardCharsets;
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
 * Nanoseconds to decode a reading with all fields of the simulator's devices, alone in its message
 * and among twenty. Run by {@code bench/run jmh}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JsonReadingsBenchmark {
  private static final int MANY = 20;
  private static final String READING =
      "{\"ts\":1767225600123,\"distance_mm\":812,\"battery_mv\":3710,\"rssi_dbm\":-71,"
          + "\"temperature_c\":31.2,\"housing_c\":44.0,\"seq\":17}";

  private final PayloadDecoder decoder = new JsonReadings();
  private final byte[] one = READING.getBytes(StandardCharsets.UTF_8);
  private final byte[] many =
      ("[" + (READING + ",").repeat(MANY - 1) + READING + "]").getBytes(StandardCharsets.UTF_8);

  /** An object. */
  @Benchmark
  public Decoded alone() {
    return decoder.decode(one);
  }

  /** An array, for each reading in it. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public Decoded amongTwenty() {
    return decoder.decode(many);
  }
}
