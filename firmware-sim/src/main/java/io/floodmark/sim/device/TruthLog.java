package io.floodmark.sim.device;

import io.floodmark.sim.reading.Field;
import io.floodmark.sim.reading.SensorReading;
import io.floodmark.sim.street.Gauge;
import io.floodmark.sim.street.LabelledReading;
import io.floodmark.sim.street.LabelledWriter;
import io.floodmark.sim.street.RainReading;
import io.floodmark.sim.street.Site;
import io.floodmark.sim.uplink.Receipt;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the truth about every reading that a fleet takes into a {@link
 * io.floodmark.sim.street.LabelledFile}: a line as soon as the reading and all that its sensor took
 * before are acknowledged or lost, so that a killed simulator leaves a file that can be read. What
 * counts as its arrival is its acknowledgement. Safe for any thread.
 */
public final class TruthLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TruthLog.class);

  private final Path file;
  private final LabelledWriter writer;
  private final InstantSource clock;
  private final Map<String, Queue<Entry>> unsettled = new HashMap<>();
  private boolean ended;

  /**
   * Begins the file; one that is there already is written over.
   *
   * @throws IOException if that cannot be
   */
  public TruthLog(Path file, InstantSource clock) throws IOException {
    this.file = file;
    this.writer = new LabelledWriter(file);
    this.clock = clock;
  }

  /** A reading has been taken. Its fate is told to the receipt. */
  synchronized Receipt taken(SensorSpec spec, Instrument.Measurement measurement) {
    Entry entry = new Entry(spec, measurement);
    unsettled.computeIfAbsent(spec.code(), unseen -> new ArrayDeque<>()).add(entry);
    return entry;
  }

  private synchronized void settle(Entry entry, Optional<Instant> arrivedAt) {
    entry.settled = true;
    entry.arrivedAt = arrivedAt;
    Queue<Entry> queue = unsettled.get(entry.spec.code());
    boolean wrote = false;
    while (!queue.isEmpty() && queue.peek().settled) {
      write(queue.remove());
      wrote = true;
    }
    if (wrote) {
      orEnd(writer::flush);
    }
  }

  /** Writes down what is not settled as not arrived, and ends the file. */
  @Override
  public synchronized void close() {
    unsettled.values().forEach(queue -> queue.forEach(this::write));
    unsettled.clear();
    orEnd(writer::close);
    ended = true;
  }

  private void write(Entry entry) {
    orEnd(() -> entry.write(writer));
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void orEnd(Writing writing) {
    if (ended) {
      return;
    }
    try {
      writing.run();
    } catch (IOException e) {
      ended = true;
      log.error("Cannot write to {}: the truth ends here, the simulation goes on.", file, e);
    }
  }

  private final class Entry implements Receipt {
    private final SensorSpec spec;
    private final Instrument.Measurement measurement;
    private boolean settled;
    private Optional<Instant> arrivedAt = Optional.empty();

    Entry(SensorSpec spec, Instrument.Measurement measurement) {
      this.spec = spec;
      this.measurement = measurement;
    }

    @Override
    public void acknowledged() {
      settle(this, Optional.of(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    @Override
    public void lost() {
      settle(this, Optional.empty());
    }

    void write(LabelledWriter out) throws IOException {
      switch (spec.kind()) {
        case DISTANCE -> out.write(site(), labelled());
        case DEPTH -> out.writeDepth(site(), labelled(), whole(Field.DEPTH_MM));
        case RAIN ->
            out.write(
                new Gauge(0, spec.code(), spec.position(), spec.reportInterval()),
                new RainReading(
                    takenAt(),
                    arrivedAt,
                    reading().find(Field.RAIN_MM).orElseThrow().doubleValue(),
                    measurement.fallenMm()));
      }
    }

    private Site site() {
      return new Site(
          0,
          spec.code(),
          spec.position(),
          spec.mountHeightMm(),
          spec.lowPointDeltaMm(),
          temperatureC().isPresent(),
          spec.reportInterval());
    }

    private LabelledReading labelled() {
      int distanceMm = spec.kind() == SensorKind.DISTANCE ? (int) whole(Field.DISTANCE_MM) : 0;
      return new LabelledReading(
          takenAt(),
          arrivedAt,
          distanceMm,
          temperatureC(),
          measurement.sight().depthMm(),
          measurement.sight().cause());
    }

    private SensorReading reading() {
      return measurement.reading();
    }

    private Instant takenAt() {
      return Instant.ofEpochMilli(whole(Field.TS));
    }

    private OptionalDouble temperatureC() {
      return reading()
          .find(Field.TEMPERATURE_C)
          .map(celsius -> OptionalDouble.of(celsius.doubleValue()))
          .orElse(OptionalDouble.empty());
    }

    private long whole(Field field) {
      return reading().find(field).map(BigDecimal::longValueExact).orElseThrow();
    }
  }
}
