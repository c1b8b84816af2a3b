package io.floodmark.api.live;

import io.floodmark.api.alerts.AlertEventView;
import io.floodmark.api.alerts.AlertRows;
import io.floodmark.api.nowcast.OutlookRows;
import io.floodmark.api.nowcast.RecentOutlooks;
import io.floodmark.api.sensors.SensorRows;
import io.floodmark.schema.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the live feed shows, with a connection of its own. Used by the doorbell's thread
 * alone.
 */
final class LiveReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LiveReader.class);

  /**
   * Ids are given when a row is written and seen when it commits, so with several writers a lower
   * one may appear after a higher one. Readers look this far back.
   */
  static final int LATE_IDS = 200;

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  private final Database database;
  private final RecentOutlooks outlooks = new RecentOutlooks(OutlookRows::of);
  private Connection connection;
  private long highestEventId;

  LiveReader(Database database) {
    this.database = database;
  }

  /** Connects, and reads everything there is to show. */
  LiveRows open(int eventsMax) throws SQLException {
    close();
    connection = database.connect();
    connection.setNetworkTimeout(Runnable::run, (int) ANSWER_WITHIN.toMillis());
    connection.setAutoCommit(false);
    // One picture, however many statements.
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    LiveRows rows =
        new LiveRows(
            SensorRows.inService(connection),
            AlertRows.open(connection),
            AlertRows.lastEvents(connection, eventsMax));
    connection.commit();
    return noted(rows);
  }

  /** Reads what these sensors have become. */
  LiveRows read(Set<Integer> sensorIds) throws SQLException {
    List<AlertEventView> events =
        AlertRows.eventsOf(connection, sensorIds, highestEventId - LATE_IDS);
    LiveRows rows =
        new LiveRows(
            SensorRows.ofIds(connection, sensorIds, outlooks),
            AlertRows.openOf(connection, sensorIds),
            events);
    connection.commit();
    return noted(rows);
  }

  /** Reads what these reports have become. */
  List<ReportChange> reports(Set<Long> reportIds) throws SQLException {
    List<ReportChange> changes = ReportChange.read(connection, reportIds);
    connection.commit();
    return changes;
  }

  private LiveRows noted(LiveRows rows) {
    for (AlertEventView event : rows.events()) {
      highestEventId = Math.max(highestEventId, event.id());
    }
    return rows;
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        log.debug("A connection that is given up did not close: {}", e.getMessage());
      }
      connection = null;
    }
  }
}
