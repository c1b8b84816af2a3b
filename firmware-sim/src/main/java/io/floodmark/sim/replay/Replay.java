package io.floodmark.sim.replay;

import io.floodmark.sim.csv.CsvTable;
import io.floodmark.sim.reading.Field;
import io.floodmark.sim.reading.JsonReadings;
import io.floodmark.sim.reading.SensorReading;
import io.floodmark.sim.uplink.Device;
import io.floodmark.sim.uplink.SimLoop;
import io.floodmark.sim.uplink.Uplink;
import io.floodmark.sim.uplink.UplinkCounters;
import io.floodmark.sim.uplink.UplinkSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays a recorded event: every row becomes a reading, sent with QoS 1 as fast as the in-flight
 * window lets it, again after each reconnect until it is acknowledged. It sends past readings, so
 * it announces no device as online.
 */
public final class Replay {
  private static final Logger log = LoggerFactory.getLogger(Replay.class);

  private final ReplayOptions options;
  private final InstantSource clock;
  private final UplinkCounters counters = new UplinkCounters();

  /** A replay that has read nothing yet; {@code clock} says what now is. */
  public Replay(ReplayOptions options, InstantSource clock) {
    this.options = options;
    this.clock = clock;
  }

  /**
   * Reads the file, sends what is to be sent and waits for the acknowledgements, until all are
   * there or none has come for the patience given. Blocks the caller; may be interrupted.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the file does not fit the mapping, or a sensor has no token
   * @throws InterruptedException if interrupted; what was acknowledged until then stays
   */
  public ReplayResult run() throws IOException, InterruptedException {
    CsvTable table = CsvTable.read(options.file());
    options.columns().checkAgainst(table.columns());
    List<RecordedReading> rows =
        table.rows().stream().map(row -> options.columns().map(row)).toList();
    if (rows.isEmpty()) {
      return new ReplayResult(0, 0, 0, 0, 0);
    }
    BitSet removed = options.thinning().removed(rows.size());
    long shiftMillis = shiftMillis(rows);
    long blank = 0;
    Map<String, List<SensorReading>> bySensor = new LinkedHashMap<>();
    for (int i = removed.nextClearBit(0); i < rows.size(); i = removed.nextClearBit(i + 1)) {
      RecordedReading row = rows.get(i);
      if (!row.reading().hasMeasurement()) {
        blank++;
        continue;
      }
      bySensor
          .computeIfAbsent(row.code(), code -> new ArrayList<>())
          .add(row.reading().with(Field.TS, row.at().toEpochMilli() + shiftMillis));
    }
    log.info(
        "Replaying {} rows of {} as {} to {}, seed {}",
        rows.size() - removed.cardinality() - blank,
        options.file(),
        bySensor.keySet(),
        options.broker(),
        options.thinning().seed());
    send(bySensor);
    return new ReplayResult(
        rows.size(), removed.cardinality(), blank, counters.sent(), counters.acknowledged());
  }

  private long shiftMillis(List<RecordedReading> rows) {
    // Over all rows, also those left out: the same file lands on the same times, whatever is
    // thinned.
    Instant earliest = rows.stream().map(RecordedReading::at).min(Instant::compareTo).orElseThrow();
    Instant latest = rows.stream().map(RecordedReading::at).max(Instant::compareTo).orElseThrow();
    return options.shift().millis(earliest, latest, clock.instant());
  }

  private void send(Map<String, List<SensorReading>> bySensor) throws InterruptedException {
    CountDownLatch drained = new CountDownLatch(bySensor.size());
    SplittableRandom random = new SplittableRandom(options.thinning().seed());
    try (SimLoop loop = new SimLoop("replay")) {
      Map<Uplink, List<SensorReading>> uplinks = new LinkedHashMap<>();
      bySensor.forEach(
          (code, readings) ->
              uplinks.put(
                  new Uplink(
                      options.broker(),
                      new Device(code, token(code), false),
                      settings(readings.size()),
                      loop,
                      random.split(),
                      counters,
                      drained::countDown),
                  readings));
      loop.execute(
          () ->
              uplinks.forEach(
                  (uplink, readings) -> {
                    offer(readings, uplink);
                    uplink.start();
                  }));
      try {
        awaitProgress(drained);
      } finally {
        stop(uplinks.keySet(), loop);
      }
    }
  }

  private void offer(List<SensorReading> readings, Uplink uplink) {
    int most = options.readingsPerMessage();
    for (int first = 0; first < readings.size(); first += most) {
      List<SensorReading> message =
          readings.subList(first, Math.min(readings.size(), first + most));
      String payload =
          most == 1 ? JsonReadings.encode(message.get(0)) : JsonReadings.encode(message);
      uplink.offer(payload, message.size());
    }
  }

  private UplinkSettings settings(int readings) {
    return UplinkSettings.DEFAULT
        .withStoreMax(Math.max(UplinkSettings.DEFAULT.storeMax(), options.inFlightMax() + readings))
        .withInFlightMax(options.inFlightMax())
        // Somebody waits at a terminal.
        .withRetry(Duration.ofMillis(200), Duration.ofSeconds(5));
  }

  private String token(String code) {
    String token = options.tokens().get(code);
    if (token == null) {
      throw new IllegalArgumentException(
          "No token for sensor \"" + code + "\": list it in the sensors file.");
    }
    return token;
  }

  /** Waits until all is acknowledged, or nothing has been for too long. */
  private void awaitProgress(CountDownLatch drained) throws InterruptedException {
    long before;
    do {
      before = counters.acknowledged();
      if (drained.await(options.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } while (counters.acknowledged() > before);
    log.warn("No acknowledgement within {} s: giving up.", options.patience().toSeconds());
  }

  private static void stop(Set<Uplink> uplinks, SimLoop loop) throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(uplinks.size());
    loop.execute(() -> uplinks.forEach(uplink -> uplink.stop(stopped::countDown)));
    long patienceMillis = UplinkSettings.DEFAULT.stopTimeout().multipliedBy(3).toMillis();
    if (!stopped.await(patienceMillis, TimeUnit.MILLISECONDS)) {
      log.warn("{} connections could not be closed in time.", stopped.getCount());
    }
  }
}
