package io.floodmark.ingest.commit;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.alert.SensorWatch;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.Sensor;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commit line on a database in memory that fails, and what was committed there. Readings are
 * told apart by their mark: what they say in {@code battery_mv}.
 */
public final class SimulatedStore {
  /** Height of every sensor over its ground. */
  public static final int MOUNT_HEIGHT_MM = Readings.MOUNT_HEIGHT_MM;

  /** {@code rssi_dbm} of a reading that the database does not take. */
  public static final int REFUSED_DBM = FaultyLedger.REFUSED_DBM;

  /** {@code rssi_dbm} of a reading that fails by a bug until {@link #heal}. */
  public static final int BUG_DBM = FaultyLedger.BUG_DBM;

  private static final Pattern MARK = Pattern.compile("\"battery_mv\":(\\d+)");
  private static final int FAST_RISE_MM_PER_MIN = 15;

  private final MemoryLedger memory;
  private final FaultyLedger faulty;
  private final UndisturbedRun undisturbed;
  private final CommitCounters counters = new CommitCounters();
  private final Map<Integer, List<ReadingRow>> byMark = new HashMap<>();
  private final Set<Integer> rejectedMarks = new HashSet<>();
  private int rowsSeen;
  private int rejectionsSeen;

  /** A database of these sensors, by their ids. */
  public SimulatedStore(Map<Integer, String> codes, Random random) {
    List<Gauge> fresh = new ArrayList<>();
    codes.forEach((id, code) -> fresh.add(gauge(id, code)));
    memory = new MemoryLedger(fresh);
    faulty = new FaultyLedger(memory, random);
    undisturbed = new UndisturbedRun(fresh, memory);
  }

  /**
   * The loop that takes from {@code queue}; its turns wait for nothing.
   *
   * @param writer where batches are written while the next is evaluated
   * @param batchMax how many readings go together
   */
  public CommitLoop loop(
      CommitQueue queue, InstantSource clock, SimulatedWriter writer, int batchMax) {
    BatchSizes sizes = new BatchSizes(batchMax, 1 + batchMax / 2);
    return new CommitLoop(queue, faulty, clock, counters, writer, sizes, 0);
  }

  /** Lets a share of all that is asked of the database fail, 0 to 1. */
  public void failing(double share) {
    faulty.failing(share);
  }

  /** Takes the database away, or brings it back. */
  public void away(boolean isAway) {
    faulty.away(isAway);
  }

  /** From now on nothing fails but what can never succeed. */
  public void heal() {
    faulty.failing(0);
    faulty.away(false);
  }

  /** Readings with that mark that are committed. */
  public int committed(int mark) {
    look();
    return byMark.getOrDefault(mark, List.of()).size();
  }

  /** The same as they were committed, for people. */
  public String describe(int mark) {
    look();
    return byMark.getOrDefault(mark, List.of()).toString();
  }

  /** Whether readings with that mark came within so long a time of each other. */
  public boolean cameWithin(int mark, Duration time) {
    look();
    List<Instant> arrivals =
        byMark.getOrDefault(mark, List.of()).stream().map(ReadingRow::receivedAt).sorted().toList();
    for (int i = 1; i < arrivals.size(); i++) {
      if (Duration.between(arrivals.get(i - 1), arrivals.get(i)).compareTo(time) <= 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether what had that mark is committed as no reading. */
  public boolean rejected(int mark) {
    look();
    return rejectedMarks.contains(mark);
  }

  /** The distance committed for that time. */
  public OptionalInt distanceMm(int sensorId, Instant at) {
    return memory
        .row(new ReadingKey(sensorId, at))
        .map(row -> row.reading().distanceMm())
        .orElse(OptionalInt.empty());
  }

  /** How often a status of that sensor was committed. */
  public int statuses(int sensorId) {
    return memory.statuses(sensorId);
  }

  /** All marks that are committed. */
  public Set<Integer> marks() {
    look();
    return byMark.keySet();
  }

  /** Changes of alerts that are committed. */
  public int alertChanges() {
    return memory.alertChanges().size();
  }

  /** Whether readers were told of all that is committed. */
  public boolean isAllRungFor() {
    return memory.ringDueIn().isEmpty();
  }

  /** How many batches were committed in one exchange, in part or as a whole. */
  public int committedAtOnce() {
    return memory.committedAtOnce();
  }

  /** Of how many of them some sensors' share was committed and others' not. */
  public int committedInPart() {
    return memory.committedInPart();
  }

  /** In what it differs from the same readings undisturbed: rows, alerts or states. */
  public Optional<String> differenceFromUndisturbed() {
    return undisturbed.difference();
  }

  /** What the commit line says that it did. */
  public CommitCounters counters() {
    return counters;
  }

  private void look() {
    List<ReadingRow> rows = memory.rows();
    for (; rowsSeen < rows.size(); rowsSeen++) {
      ReadingRow row = rows.get(rowsSeen);
      row.reading()
          .batteryMv()
          .ifPresent(mark -> byMark.computeIfAbsent(mark, m -> new ArrayList<>()).add(row));
    }
    List<BatchOutcome.Rejected> rejections = memory.rejections();
    for (; rejectionsSeen < rejections.size(); rejectionsSeen++) {
      byte[] excerpt = rejections.get(rejectionsSeen).rejection().excerpt();
      Matcher mark = MARK.matcher(new String(excerpt, StandardCharsets.UTF_8));
      while (mark.find()) {
        rejectedMarks.add(Integer.parseInt(mark.group(1)));
      }
    }
  }

  private static Gauge gauge(int id, String code) {
    Sensor sensor =
        new Sensor(
            id,
            new SensorCode(code),
            SensorKind.DISTANCE,
            new Calibration(OptionalInt.of(MOUNT_HEIGHT_MM), 25, 0),
            new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, AlertPolicy.DEFAULT_CLEAR_DELAY),
            Duration.ofMinutes(1));
    return new Gauge(
        sensor,
        SensorState.unseen(id, 0),
        new SensorWatch.Limits(OptionalInt.of(FAST_RISE_MM_PER_MIN), OptionalInt.empty()),
        SensorWatch.NONE);
  }
}
