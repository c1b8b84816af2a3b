package io.floodmark.bench.ingest;

import io.floodmark.bench.load.LoadResult;
import io.floodmark.schema.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * That a load was what it is meant to be: every reading acknowledged is stored, and nearly all went
 * the whole way through tests and alerts instead of being set aside as late.
 */
final class StoredCheck {
  private static final double LATE_SHARE_MAX = 0.01;

  private final Database database;
  private final long rows;
  private final long late;

  private StoredCheck(Database database, long rows, long late) {
    this.database = database;
    this.rows = rows;
    this.late = late;
  }

  static StoredCheck before(Database database) throws IOException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet counts =
            statement.executeQuery(
                """
                SELECT count(*), count(*) FILTER (WHERE backfill)
                FROM whole_reading
                WHERE sensor_id <> %d
                """
                    .formatted(OneRowCommits.SENSOR_ID))) {
      counts.next();
      return new StoredCheck(database, counts.getLong(1), counts.getLong(2));
    } catch (SQLException e) {
      throw new IOException("The readings could not be counted.", e);
    }
  }

  /**
   * Compares with what was acknowledged since.
   *
   * @throws IOException if readings are missing, or the load was none to be measured by
   */
  void holds(LoadResult load) throws IOException {
    StoredCheck now = before(database);
    long stored = now.rows - rows;
    if (stored < load.inAll()) {
      throw new IOException(
          "%d readings were acknowledged and %d are stored.".formatted(load.inAll(), stored));
    }
    if (now.late - late > LATE_SHARE_MAX * stored) {
      throw new IOException(
          "%d of %d readings counted as late, which spares the server work: lower the rate."
              .formatted(now.late - late, stored));
    }
    if (load.unanswered() > 0) {
      throw new IOException(load.unanswered() + " messages were never acknowledged.");
    }
  }
}
