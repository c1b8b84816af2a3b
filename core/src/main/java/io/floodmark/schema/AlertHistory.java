package io.floodmark.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Who may add to table {@code alert_event}. */
public final class AlertHistory {
  // A number of its own among our advisory locks; every process has to mean the same one.
  private static final String LOCK = "SELECT pg_advisory_xact_lock(4669002)";

  private AlertHistory() {}

  /**
   * Waits until nobody else adds to the history, and keeps others out until the transaction ends.
   * Readers resume after the last event they saw, so events must appear in the order of their ids:
   * whoever draws ids commits before the next one draws. To be called after the rows of {@code
   * sensor_state} concerned are locked, never before: whoever locked in the other order would
   * deadlock with the commit loop.
   */
  public static void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(LOCK);
    }
  }
}
