package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.schema.Schema;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Readings of before rows were small come over whole, wherever they were kept. */
@ParameterizedClass
@EnumSource(Engine.class)
final class LeanReadingUpgradeTest extends SchemaOnEachEngine {
  /** Every second value is one that fits no small column; months, and one that has none. */
  private static final String WIDE =
      """
      INSERT INTO reading (sensor_id, observed_at, received_at, distance_mm, depth_mm,
        low_point_depth_mm, sent_depth_mm, rain_mm, temperature_c, housing_c, qc_reasons, battery_mv,
        rssi_dbm, qc, backfill, stamped, seq, device_ts_ms, qc_tests)
      SELECT s.id, timestamptz '2026-07-21T12:00:00Z' - n * interval '9 hours 17 ms',
        timestamptz '2026-07-21T12:00:00Z' + n * interval '1 s', odd * 100000 + n, d, d + 180, e,
        n / 10.0, 30 + n / 100.0, n / 3.0, n % 5, 3000 + odd * 60000, -n, f,
        n % 2 = 0, n % 3 = 0, n * odd * 100000000000, n * 7, n * 123456789::bigint
      FROM sensor s,
        (SELECT n, n % 2 AS odd, nullif(n % 7, 3) * 20 AS d, nullif(n % 4, 0) * 30000 AS e,
           (ARRAY[1, 2, 3, 4, 9])[1 + n % 5] AS f
         FROM generate_series(0, 300) AS n) AS told
      """;

  private static final String COLUMNS =
      """
      observed_at, received_at, sensor_id, distance_mm, depth_mm, low_point_depth_mm, sent_depth_mm,
      rain_mm, temperature_c, housing_c, qc_reasons, battery_mv, rssi_dbm, qc, backfill, stamped, seq,
      device_ts_ms, qc_tests
      """;

  @Test
  void everyValueComesOver() throws Exception {
    before();
    if (engine == Engine.TIMESCALE) {
      execute(
          """
          CREATE EXTENSION IF NOT EXISTS timescaledb;
          ALTER TABLE reading RENAME TO reading_partitioned;
          ALTER INDEX reading_pkey RENAME TO reading_partitioned_pkey;
          CREATE TABLE reading (LIKE reading_partitioned INCLUDING ALL);
          SELECT create_hypertable('reading', by_range('observed_at', interval '7 days'), create_default_indexes => false);
          DROP TABLE reading_partitioned;
          """);
    } else {
      Schema.ensurePartition(connection, NOON);
      Schema.ensurePartition(connection, NOON.minusSeconds(30L * 86_400));
    }
    execute(
        "INSERT INTO sensor (code, name, kind, lon, lat, token_sha256) VALUES ('a', 'A', 'depth', 106, 21, sha256('a'))");
    execute(WIDE);
    execute("CREATE TABLE kept AS SELECT " + COLUMNS + " FROM reading");
    migrate();
    assertEquals(
        engine == Engine.TIMESCALE ? "r" : "p",
        query("SELECT relkind FROM pg_class WHERE oid = 'reading'::regclass"));
    assertEquals("301", query("SELECT count(*) FROM reading"));
    assertEquals(
        "0",
        query(
            "SELECT count(*) FROM (TABLE kept EXCEPT SELECT "
                + COLUMNS
                + " FROM whole_reading) x"));
    assertEquals("301", query("SELECT count(*) FROM export_reading"));
    assertEquals(
        "", query("SELECT string_agg(relname, ' ') FROM pg_class WHERE relname ~ '^wide_'"));
    insertReading("2026-07-21T12:00:01Z");
    assertEquals("23505", refusalOfReading("2026-07-21T12:00:01Z"));
  }

  @Test
  void whatIsInsertedByHandIsWhole() throws Exception {
    migrate();
    execute(
        "INSERT INTO sensor (code, name, kind, lon, lat, token_sha256) VALUES ('a', 'A', 'depth', 106, 21, sha256('a'))");
    execute(WIDE.replace("INTO reading", "INTO whole_reading"));
    assertEquals(
        "301 45150 301",
        query("SELECT count(*) || ' ' || sum(-rssi_dbm) || ' ' || count(seq) FROM whole_reading"));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void before() {
    Flyway.configure()
        .dataSource(CommitLineOnEachEngine.dataSource(database))
        .locations("classpath:io/floodmark/schema")
        .target("15")
        // Today's views are of tables that came later.
        .repeatableSqlMigrationPrefix("later")
        .load()
        .migrate();
  }
}
