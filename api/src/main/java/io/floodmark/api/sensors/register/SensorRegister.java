package io.floodmark.api.sensors.register;

import io.floodmark.sensor.SensorCode;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Table {@code sensor}, as commands change it. A trigger of the schema tells every running process,
 * so a change is in force there within a second. Confined to one thread and one connection, which
 * must be in auto-commit.
 */
public final class SensorRegister {
  private final Connection connection;
  private final SecureRandom random;
  private final Optional<SensorChange.Author> author;

  /** A register that draws its tokens from {@code random}, and tells nobody of its changes. */
  public SensorRegister(Connection connection, SecureRandom random) {
    this(connection, random, Optional.empty());
  }

  /** The same, with {@code author} named in the audit log for each change. */
  public SensorRegister(
      Connection connection, SecureRandom random, Optional<SensorChange.Author> author) {
    this.connection = connection;
    this.random = random;
    this.author = author;
  }

  /**
   * What became of a list.
   *
   * @param added codes that are new
   * @param changed codes that were there, in another shape
   * @param unchanged how many were there as listed
   * @param newTokens tokens that were made; nobody can ask for them again
   */
  public record Outcome(
      List<SensorCode> added,
      List<SensorCode> changed,
      int unchanged,
      Map<SensorCode, SensorToken> newTokens) {}

  /**
   * Takes a list over, all of it or nothing. A sensor that is registered already is changed in what
   * its row says and keeps the rest, its token included.
   *
   * @throws SensorListException naming every row that cannot be taken
   */
  public Outcome takeOver(List<SensorRow> rows) throws SQLException {
    return inTransaction(() -> save(rows, false));
  }

  /**
   * Registers one sensor that must not be there yet.
   *
   * @throws SensorListException naming what is wrong with it
   */
  public Outcome add(SensorRow row) throws SQLException {
    return inTransaction(() -> save(List.of(row), true));
  }

  /** All sensors by code, those in service before those that are retired. */
  public List<RegisteredSensor> list() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT "
                    + SensorStore.COLUMNS
                    + ", st.last_arrival_at"
                    + " FROM sensor s LEFT JOIN sensor_state st ON st.sensor_id = s.id"
                    + " ORDER BY s.retired_at IS NOT NULL, s.code");
        ResultSet rows = select.executeQuery()) {
      List<RegisteredSensor> sensors = new ArrayList<>();
      while (rows.next()) {
        OffsetDateTime lastArrival = rows.getObject("last_arrival_at", OffsetDateTime.class);
        sensors.add(
            SensorStore.registered(
                rows, Optional.ofNullable(lastArrival).map(OffsetDateTime::toInstant)));
      }
      return sensors;
    }
  }

  /** Gives a sensor in service a new token; empty if there is none of that code. */
  public Optional<SensorToken> replaceToken(SensorCode code) throws SQLException {
    SensorToken token = SensorToken.random(random);
    return inTransaction(
        () -> {
          if (!new SensorStore(connection).replaceToken(code, token)) {
            return Optional.empty();
          }
          audit("sensor.token", code, Map.of());
          return Optional.of(token);
        });
  }

  /**
   * Takes a sensor out of service for good and clears its alert if one is open: nobody would ever
   * lower it. False if none of that code is in service.
   */
  public boolean retire(SensorCode code) throws SQLException {
    return inTransaction(
        () -> {
          boolean retired = new SensorStore(connection).retire(code);
          if (retired) {
            audit("sensor.retire", code, Map.of());
          }
          return retired;
        });
  }

  private void audit(String action, SensorCode code, Map<String, String> detail)
      throws SQLException {
    if (author.isPresent()) {
      SensorChange.audit(connection, author.get(), action, code, detail);
    }
  }

  private Outcome save(List<SensorRow> rows, boolean mustBeNew) throws SQLException {
    Map<SensorCode, RegisteredSensor> registered = lock(rows);
    List<String> problems = new ArrayList<>();
    Map<SensorEntry, Optional<SensorToken>> sensors = new LinkedHashMap<>();
    Set<SensorCode> seen = new LinkedHashSet<>();
    for (SensorRow row : rows) {
      Optional<RegisteredSensor> known = row.findCode().map(registered::get);
      if (row.findCode().isPresent() && !seen.add(row.findCode().get())) {
        problems.add(row.label() + ", column code: " + row.findCode().get() + " is there twice");
      } else if (known.isPresent() && known.get().retired()) {
        problems.add(
            "%s, column code: %s is retired, and a code is not used again; take another"
                .formatted(row.label(), known.get().entry().code()));
      } else if (known.isPresent() && mustBeNew) {
        problems.add(
            "%s is registered already; `sensor import` changes it, `sensor token` gives a new token"
                .formatted(known.get().entry().code()));
      } else {
        List<SensorFault> faults = new ArrayList<>();
        row.over(known.map(RegisteredSensor::entry), faults)
            .ifPresent(entry -> sensors.put(entry, row.findToken(new ArrayList<>())));
        faults.forEach(fault -> problems.add(fault.inRow(row.label())));
      }
    }
    if (!problems.isEmpty()) {
      throw new SensorListException(problems);
    }
    return write(sensors, registered);
  }

  private Outcome write(
      Map<SensorEntry, Optional<SensorToken>> sensors, Map<SensorCode, RegisteredSensor> registered)
      throws SQLException {
    List<SensorCode> added = new ArrayList<>();
    List<SensorCode> changed = new ArrayList<>();
    Map<SensorCode, SensorToken> newTokens = new LinkedHashMap<>();
    SensorStore store = new SensorStore(connection);
    for (var sensor : sensors.entrySet()) {
      SensorCode code = sensor.getKey().code();
      if (registered.containsKey(code)) {
        if (update(store, sensor.getKey(), sensor.getValue(), registered.get(code))) {
          changed.add(code);
        }
      } else {
        SensorToken token = sensor.getValue().orElseGet(() -> SensorToken.random(random));
        if (sensor.getValue().isEmpty()) {
          newTokens.put(code, token);
        }
        if (!store.insert(sensor.getKey(), token)) {
          throw new SensorListException(
              List.of(code + " was registered by somebody else just now; start again"));
        }
        audit("sensor.create", code, SensorChange.cells(store.find(code).orElseThrow().sensor()));
        added.add(code);
      }
    }
    int unchanged = sensors.size() - added.size() - changed.size();
    return new Outcome(added, changed, unchanged, newTokens);
  }

  /** Whether anything of it changed; a new token is told apart from the rest. */
  private boolean update(
      SensorStore store, SensorEntry entry, Optional<SensorToken> token, RegisteredSensor before)
      throws SQLException {
    boolean changed = store.update(entry, Optional.empty());
    if (changed) {
      RegisteredSensor after = store.find(entry.code()).orElseThrow().sensor();
      audit("sensor.edit", entry.code(), SensorChange.differences(before, after));
    }
    boolean renewed = token.isPresent() && store.update(entry, token);
    if (renewed) {
      audit("sensor.token", entry.code(), Map.of());
    }
    return changed || renewed;
  }

  /** The sensors of these codes, which nobody else changes until the transaction ends. */
  private Map<SensorCode, RegisteredSensor> lock(Collection<SensorRow> rows) throws SQLException {
    Map<SensorCode, RegisteredSensor> sensors = new LinkedHashMap<>();
    Object[] codes =
        rows.stream()
            .map(SensorRow::findCode)
            .flatMap(Optional::stream)
            .map(SensorCode::value)
            .toArray();
    Array array = connection.createArrayOf("text", codes);
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + SensorStore.COLUMNS
                + " FROM sensor s WHERE s.code = ANY (?) FOR NO KEY UPDATE")) {
      select.setArray(1, array);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          RegisteredSensor sensor = SensorStore.registered(found, Optional.empty());
          sensors.put(sensor.entry().code(), sensor);
        }
      }
    }
    return sensors;
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      T outcome = work.run();
      connection.commit();
      return outcome;
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private interface Work<T> {
    T run() throws SQLException;
  }
}
