package io.floodmark.api.alerts;

import io.floodmark.alert.AlertLife;
import io.floodmark.alert.AlertStep;
import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Caller;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.live.Doorbell;
import io.floodmark.schema.AlertHistory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where staff take a step with an alert: the only place that does. The rows of its sensors' states
 * are locked first and get a new version, then the history, as everybody does who writes alerts; so
 * a step comes before or after what the machine does, never between.
 */
public final class AlertDesk {
  private static final String LOCK_STATES =
      """
      WITH concerned AS (
        SELECT sensor_id FROM alert WHERE id = ? OR parent_id = ?
      ), locked AS (
        SELECT sensor_id FROM sensor_state
        WHERE sensor_id IN (SELECT sensor_id FROM concerned)
        ORDER BY sensor_id
        FOR UPDATE
      )
      UPDATE sensor_state st SET version = version + 1
      FROM locked
      WHERE st.sensor_id = locked.sensor_id
      """;

  private static final String ACKNOWLEDGE =
      "UPDATE alert SET acknowledged_at = ?, acknowledged_by = ?, remind_at = NULL WHERE id = ?";

  private static final String SHELVE =
      """
      UPDATE alert SET shelved_until = ?, shelved_by = ?, shelf_reason = ?, shelved_level = level
      WHERE id = ?
      """;

  private static final String UNSHELVE =
      """
      UPDATE alert SET shelved_until = NULL, shelved_by = NULL, shelf_reason = NULL,
        shelved_level = NULL,
        remind_at = CASE WHEN acknowledged_at IS NULL THEN ?::timestamptz + interval '10 minutes' END
      WHERE id = ?
      """;

  private static final String CLOSE =
      """
      UPDATE alert SET closed_at = ?, closed_by = ?, closing_remark = ?,
        acknowledged_at = coalesce(acknowledged_at, ?), acknowledged_by = coalesce(acknowledged_by, ?),
        shelved_until = NULL, shelved_by = NULL, shelf_reason = NULL, shelved_level = NULL
      WHERE id = ?
      """;

  private static final String HAND_OVER =
      "UPDATE alert SET assigned_to = ?, assigned_name = ? WHERE id = ?";

  private static final String RECORD =
      """
      INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level, occurred_at,
        recorded_at, staff_id, actor, note, until, threshold_version)
      SELECT ?, s.id, ?, ?, ?, ?, ?, ?, ?, ?, ?, s.threshold_version FROM sensor s WHERE s.id = ?
      """;

  private AlertDesk() {}

  /** Who takes the step, from where, when. */
  record Hand(Caller caller, String address, Instant at) {
    String name() {
      return caller.actor();
    }
  }

  /** Somebody that an alert can be handed over to. */
  public record Colleague(int id, String name) {}

  /**
   * Takes a step; with the alert of several sensors, those that stand under it go along where they
   * can.
   *
   * @return the alert after it
   * @throws ProblemException with 404 if there is no such alert, 409 if the step cannot be taken
   *     (its story is {@code alert.} and the refusal), 422 if what was sent does not fit
   */
  static AlertView take(Connection connection, Hand by, long id, AlertOrder order)
      throws SQLException {
    update(connection, LOCK_STATES, id, id);
    AlertHistory.lock(connection);
    AlertView alert = find(connection, id);
    Optional<AlertLife.Refusal> refusal =
        alert.life().refusal(order.step(), order.until(), by.at());
    if (refusal.isPresent()) {
      throw refused(refusal.get());
    }
    if (order.step() == AlertStep.ACKNOWLEDGE
        && order.seenLevel().orElse(alert.level()) < alert.level()) {
      throw refused(AlertLife.Refusal.RISEN);
    }
    Optional<String> note = write(connection, by, alert, order);
    boolean goAlong = order.step() != AlertStep.NOTE && order.step() != AlertStep.HANDOVER;
    if (goAlong) {
      for (AlertView child : AlertRows.under(connection, id, Integer.MAX_VALUE)) {
        if (child.life().refusal(order.step(), order.until(), by.at()).isEmpty()) {
          write(connection, by, child, order);
        }
      }
    }
    AuditLog.add(
        connection,
        by.at(),
        by.caller(),
        "alert." + order.step().key(),
        "alert:" + id,
        Optional.of(by.address()),
        note.isPresent() ? Map.of("reason", note.get()) : Map.of());
    Doorbell.ring(connection, List.of(alert.sensorId()));
    return find(connection, id);
  }

  /**
   * The alert of that id.
   *
   * @throws ProblemException with 404 if there is none
   */
  static AlertView find(Connection connection, long id) throws SQLException {
    return AlertRows.find(connection, id)
        .orElseThrow(
            () -> new ProblemException(Problem.notFound("There is no alert of this number.")));
  }

  /** Accounts in use that may handle alerts. */
  static List<Colleague> colleagues(Connection connection) throws SQLException {
    List<Colleague> colleagues = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT id, name FROM staff
                WHERE disabled_at IS NULL AND role IN ('admin', 'operator') ORDER BY name, id
                """);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        colleagues.add(new Colleague(row.getInt(1), row.getString(2)));
      }
    }
    return colleagues;
  }

  /** Writes the step of one alert; what stands in its history comes back. */
  private static Optional<String> write(
      Connection connection, Hand by, AlertView alert, AlertOrder order) throws SQLException {
    Optional<String> note = order.note();
    switch (order.step()) {
      case ACKNOWLEDGE -> update(connection, ACKNOWLEDGE, by.at(), by.name(), alert.id());
      case SHELVE ->
          update(
              connection,
              SHELVE,
              order.until().orElseThrow(),
              by.name(),
              note.orElseThrow(),
              alert.id());
      case UNSHELVE -> update(connection, UNSHELVE, by.at(), alert.id());
      case CLOSE -> {
        if (note.isEmpty() && alert.isFlood() && alert.handling().parentId().isEmpty()) {
          throw AlertOrder.invalid(
              "remark", "Close a flood with a remark: what was there, what was done.");
        }
        update(connection, CLOSE, by.at(), by.name(), note, by.at(), by.name(), alert.id());
      }
      case HANDOVER -> {
        String name = receiver(connection, order);
        Object to = order.to().isPresent() ? order.to().getAsInt() : Optional.empty();
        update(connection, HAND_OVER, to, name, alert.id());
        note = Optional.of(note.map(words -> name + ": " + words).orElse(name));
      }
      case NOTE -> {}
    }
    record(connection, by, alert, order, note);
    return note;
  }

  private static String receiver(Connection connection, AlertOrder order) throws SQLException {
    if (order.to().isEmpty()) {
      return order.toName().orElseThrow();
    }
    int to = order.to().getAsInt();
    return colleagues(connection).stream()
        .filter(colleague -> colleague.id() == to)
        .findFirst()
        .map(Colleague::name)
        .orElseThrow(
            () -> AlertOrder.invalid("to", "There is no such colleague who handles alerts."));
  }

  private static void record(
      Connection connection, Hand by, AlertView alert, AlertOrder order, Optional<String> note)
      throws SQLException {
    Object staff =
        by.caller().staffId().isPresent() ? by.caller().staffId().getAsInt() : Optional.empty();
    update(
        connection,
        RECORD,
        alert.id(),
        order.step().eventKind(),
        alert.level(),
        alert.level(),
        by.at(),
        by.at(),
        staff,
        by.name(),
        note,
        order.step() == AlertStep.SHELVE ? order.until() : Optional.empty(),
        alert.sensorId());
  }

  private static ProblemException refused(AlertLife.Refusal refusal) {
    String detail =
        switch (refusal) {
          case CLOSED -> "The alert is closed; only notes can be added.";
          case ALREADY_ACKNOWLEDGED -> "Somebody has acknowledged it already.";
          case RISEN -> "It has risen to a higher level than that: look again.";
          case STILL_ACTIVE -> "It still goes on; it can be closed once it has cleared.";
          case OVER -> "It has cleared: there is nothing left to shelve.";
          case NOT_SHELVED -> "It is not shelved.";
          case SHELF_END -> "A shelf ends 5 minutes to 24 hours from now.";
        };
    return new ProblemException(
        refusal == AlertLife.Refusal.SHELF_END
            ? Problem.invalid("until", detail)
            : Problem.conflict(detail),
        "alert." + refusal.name());
  }

  private static void update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        Object value = values[i];
        if (value instanceof Optional<?> optional) {
          value = optional.orElse(null);
        }
        if (value instanceof Instant time) {
          OffsetDateTime at = time.atOffset(ZoneOffset.UTC);
          statement.setObject(i + 1, at);
        } else if (value == null) {
          statement.setNull(i + 1, Types.NULL);
        } else {
          statement.setObject(i + 1, value);
        }
      }
      statement.executeUpdate();
    }
  }
}
