package io.floodmark.api.sensors.register;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Caller;
import io.floodmark.sensor.SensorCode;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What staff do to one sensor, each with its entry in the audit log, in the caller's transaction.
 * Tokens never get into the log. Confined to one thread.
 */
public final class SensorChange {
  private final Connection connection;
  private final SensorStore store;
  private final Author author;

  /**
   * Who changes something, and when.
   *
   * @param caller who
   * @param address from where, if over a network
   * @param at when
   */
  public record Author(Caller caller, Optional<String> address, Instant at) {}

  /** How a change ended. */
  public enum Ending {
    /** It is done. */
    DONE,
    /** Something in it cannot be taken. */
    FAULTY,
    /** Somebody else changed the sensor since it was shown. */
    STALE,
    /** There is no sensor of that code. */
    UNKNOWN,
    /** The sensor is retired, for good. */
    RETIRED
  }

  /**
   * What became of a change.
   *
   * @param faults what cannot be taken; empty unless {@link Ending#FAULTY}
   * @param token the new one, where one was made; nobody can ask for it again
   */
  public record Outcome(Ending ending, List<SensorFault> faults, Optional<SensorToken> token) {
    private static Outcome of(Ending ending) {
      return new Outcome(ending, List.of(), Optional.empty());
    }

    private static Outcome faulty(List<SensorFault> faults) {
      return new Outcome(Ending.FAULTY, faults, Optional.empty());
    }

    private static Outcome with(SensorToken token) {
      return new Outcome(Ending.DONE, List.of(), Optional.of(token));
    }
  }

  /** Changes by {@code author}. */
  public SensorChange(Connection connection, Author author) {
    this.connection = connection;
    this.store = new SensorStore(connection);
    this.author = author;
  }

  /**
   * Registers a sensor; {@code cells} by the columns of a list and {@link SensorRow#THRESHOLDS}.
   */
  public Outcome create(Map<String, String> cells, SecureRandom random) throws SQLException {
    Typed read = typed(cells);
    if (!read.faults().isEmpty()) {
      return Outcome.faulty(read.faults());
    }
    SensorEntry entry = read.entry().orElseThrow();
    SensorToken token = SensorToken.random(random);
    if (!store.insert(entry, token)) {
      return Outcome.faulty(
          List.of(
              SensorFault.wrong(
                  "code", "%s is registered already; take another".formatted(entry.code()))));
    }
    store.setPolicy(entry.code(), read.policy().orElseThrow());
    audit("sensor.create", entry.code(), cells(store.find(entry.code()).orElseThrow().sensor()));
    return Outcome.with(token);
  }

  /**
   * Changes a sensor in service. A cell that is missing means the default, as for a new one.
   *
   * @param version as it was when the sensor was shown
   */
  public Outcome edit(SensorCode code, String version, Map<String, String> cells)
      throws SQLException {
    Optional<SensorStore.Held> held = store.lock(code);
    if (held.isEmpty()) {
      return Outcome.of(Ending.UNKNOWN);
    }
    if (held.get().sensor().retired()) {
      return Outcome.of(Ending.RETIRED);
    }
    Typed read = typed(code, cells);
    if (!read.faults().isEmpty()) {
      return Outcome.faulty(read.faults());
    }
    if (!held.get().version().equals(version)) {
      return Outcome.of(Ending.STALE);
    }
    store.update(read.entry().orElseThrow(), Optional.empty());
    store.setPolicy(code, read.policy().orElseThrow());
    Map<String, String> changed =
        differences(held.get().sensor(), store.find(code).orElseThrow().sensor());
    if (!changed.isEmpty()) {
      audit("sensor.edit", code, changed);
    }
    return Outcome.of(Ending.DONE);
  }

  /** Gives a sensor in service another token; sessions with the old one end within a second. */
  public Outcome replaceToken(SensorCode code, SecureRandom random) throws SQLException {
    SensorToken token = SensorToken.random(random);
    if (!store.replaceToken(code, token)) {
      return missing(code);
    }
    audit("sensor.token", code, Map.of());
    return Outcome.with(token);
  }

  /** Takes a sensor out of service for good; its history stays. */
  public Outcome retire(SensorCode code, String reason) throws SQLException {
    if (!store.retire(code)) {
      return missing(code);
    }
    audit("sensor.retire", code, Map.of("reason", reason));
    return Outcome.of(Ending.DONE);
  }

  /** What is registered of a sensor, by column; what it has not is left out. Never its token. */
  public static Map<String, String> cells(RegisteredSensor sensor) {
    SensorEntry entry = sensor.entry();
    Map<String, String> cells = new LinkedHashMap<>();
    cells.put("code", entry.code().value());
    cells.put("name", entry.name());
    cells.put("lon", degrees(entry.lon()));
    cells.put("lat", degrees(entry.lat()));
    cells.put("kind", entry.kind().code());
    entry.mountHeightMm().ifPresent(mm -> cells.put("mount_height_mm", Integer.toString(mm)));
    cells.put("low_point_delta_mm", Integer.toString(entry.lowPointDeltaMm()));
    cells.put("report_interval_s", Integer.toString(entry.reportIntervalS()));
    entry.gateway().ifPresent(text -> cells.put("gateway", text));
    entry.zone().ifPresent(text -> cells.put("zone", text));
    entry.street().ifPresent(text -> cells.put("street", text));
    List<Integer> thresholdsMm = sensor.alertPolicy().thresholdsMm();
    for (int i = 0; i < thresholdsMm.size(); i++) {
      cells.put(SensorRow.THRESHOLDS.get(i), Integer.toString(thresholdsMm.get(i)));
    }
    cells.put(SensorRow.CLEAR_DELAY, Long.toString(sensor.alertPolicy().clearDelay().toSeconds()));
    return cells;
  }

  /** What differs, by column, as "before → after". */
  static Map<String, String> differences(RegisteredSensor one, RegisteredSensor other) {
    Map<String, String> before = cells(one);
    Map<String, String> after = cells(other);
    Map<String, String> changed = new LinkedHashMap<>();
    for (String column : columns()) {
      String was = before.getOrDefault(column, "–");
      String is = after.getOrDefault(column, "–");
      if (!was.equals(is)) {
        changed.put(column, was + " → " + is);
      }
    }
    return changed;
  }

  /** Never with an exponent, which no form takes back. */
  private static String degrees(double value) {
    return BigDecimal.valueOf(value).toPlainString();
  }

  /** All that can be changed of a sensor, in the order of a list; not its token. */
  public static List<String> columns() {
    List<String> columns = new ArrayList<>(SensorRow.COLUMNS);
    columns.remove("token");
    columns.addAll(SensorRow.THRESHOLDS);
    columns.add(SensorRow.CLEAR_DELAY);
    return columns;
  }

  /**
   * A sensor as it was typed, not stored; both parts are there unless there are faults.
   *
   * @param entry what its owner says of it
   * @param policy its thresholds
   * @param faults what cannot be taken
   */
  public record Typed(
      Optional<SensorEntry> entry, Optional<AlertPolicy> policy, List<SensorFault> faults) {
    /** Copies the faults. */
    public Typed {
      faults = List.copyOf(faults);
    }
  }

  /** What {@code cells} make of the sensor of that code; nothing is changed. */
  public static Typed typed(SensorCode code, Map<String, String> cells) {
    Map<String, String> all = new LinkedHashMap<>(cells);
    all.put("code", code.value());
    all.remove("token");
    return typed(all);
  }

  private static Typed typed(Map<String, String> cells) {
    SensorRow row = new SensorRow("sensor", cells);
    List<SensorFault> faults = new ArrayList<>();
    Optional<SensorEntry> entry = row.over(Optional.empty(), faults);
    return new Typed(entry, row.policyOver(Optional.empty(), faults), faults);
  }

  private Outcome missing(SensorCode code) throws SQLException {
    return Outcome.of(store.find(code).isPresent() ? Ending.RETIRED : Ending.UNKNOWN);
  }

  private void audit(String action, SensorCode code, Map<String, String> detail)
      throws SQLException {
    audit(connection, author, action, code, detail);
  }

  static void audit(
      Connection connection,
      Author author,
      String action,
      SensorCode code,
      Map<String, String> detail)
      throws SQLException {
    AuditLog.add(
        connection,
        author.at(),
        author.caller(),
        action,
        "sensor:" + code,
        author.address(),
        detail);
  }
}
