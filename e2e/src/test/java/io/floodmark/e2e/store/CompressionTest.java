package io.floodmark.e2e.store;

import static io.floodmark.e2e.store.CommitLineOnEachEngine.depth;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.e2e.TestDatabase;
import io.floodmark.e2e.store.CommitLineOnEachEngine.Line;
import io.floodmark.ingest.upkeep.Upkeep;
import io.floodmark.schema.Database;
import io.floodmark.schema.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What only TimescaleDB under the Timescale License has. */
final class CompressionTest {
  private static final Instant NOON = CommitLineOnEachEngine.NOON;
  private static final Instant MONTH_AGO = NOON.minus(Duration.ofDays(30));

  private static final String COMPRESSED =
      "SELECT count(*) FROM timescaledb_information.chunks WHERE is_compressed";

  @Test
  void aChunkIsCompressedAfterAFortnightAndTakesLateReadingsOnce() throws Exception {
    try (TestDatabase opened = TestDatabase.openLicensed();
        Connection connection = opened.database().connect()) {
      Database database = opened.database();
      new Schema(CommitLineOnEachEngine.dataSource(database), () -> NOON).migrate();
      int sensor =
          Integer.parseInt(
              query(
                  connection,
                  """
                  INSERT INTO sensor (code, name, kind, lon, lat, mount_height_mm, neighbours, token_sha256)
                  VALUES ('a', 'A', 'distance', 106, 21, 2000, '{}', sha256('a'))
                  RETURNING id
                  """));
      AtomicReference<Instant> now = new AtomicReference<>(NOON);
      Line line = new Line(database, now::get);
      Upkeep upkeep = new Upkeep(database, () -> NOON, Duration.ofDays(60));
      line.send(sensor, depth(100, MONTH_AGO), depth(120, MONTH_AGO.plusSeconds(60)));
      line.send(sensor, depth(10, NOON));
      for (int minute = -10; minute < 0; minute++) {
        upkeep.doWork(NOON.plus(Duration.ofMinutes(minute)));
        assertEquals("0", query(connection, COMPRESSED));
      }
      upkeep.doWork(NOON);
      assertEquals("1", query(connection, COMPRESSED));
      line.send(sensor, depth(150, MONTH_AGO.plusSeconds(30)), depth(100, MONTH_AGO));
      line.send(sensor, depth(150, MONTH_AGO.plusSeconds(30)));
      assertEquals("4", query(connection, "SELECT count(*) FROM reading"));
      upkeep.doWork(NOON);
      assertEquals(
          "3 150",
          query(
              connection,
              "SELECT readings || ' ' || max_mm FROM reading_hour ORDER BY hour LIMIT 1"));
      now.set(NOON.plus(Duration.ofDays(40)));
      upkeep.doWork(now.get());
      assertEquals("1", query(connection, "SELECT count(*) FROM reading"));
      upkeep.abort();
      line.loop().abort();
    }
  }

  private static String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
