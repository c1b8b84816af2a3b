package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Databases as past releases left them become today's. The dumps are of pg_dump, of tables laid by
 * those releases' own migrations and filled with {@link ReleasedRows}; they never change.
 */
@ParameterizedClass
@EnumSource(Engine.class)
final class UpgradeTest extends SchemaOnEachEngine {
  private static final String INTO_HYPERTABLE =
      """
      CREATE EXTENSION timescaledb;
      ALTER TABLE reading RENAME TO reading_partitioned;
      ALTER INDEX reading_pkey RENAME TO reading_partitioned_pkey;
      CREATE TABLE reading (LIKE reading_partitioned INCLUDING ALL);
      SELECT create_hypertable('reading', by_range('observed_at', interval '7 days'), create_default_indexes => false);
      INSERT INTO reading SELECT * FROM reading_partitioned;
      -- With a view of it, until today's are laid.
      DROP TABLE reading_partitioned CASCADE;
      """;

  @ParameterizedTest
  @ValueSource(strings = {"005", "007", "011", "014", "015"})
  void aDatabaseOfThatReleaseIsMigratedWithAllItsRows(String release) throws Exception {
    loadAndMigrate(release);
    assertRowsOfBefore(62, 2);
  }

  /** Of hours told before 022 some may be wrong: all are told anew. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "020 | 0 hours, 0 late, told until never",
        "021 | 0 hours, 0 late, told until never",
        "022 | 24 hours of 24 readings, 3 late, told until 2026-07-01 00:00:00+00"
      })
  void smallReadingsAndWhatIsOwedToMqttClientsAreMigratedToo(String release, String hours)
      throws Exception {
    loadAndMigrate(release);
    assertRowsOfBefore(65, 3);
    assertEquals(
        "pho-noi-01 2026-11-21 06:00:00.25+00 2400 100 28.12 17 0, pho-noi-02 70000 28.123 5000000000 1,"
            + " rain-01 2026-11-21 06:00:01+00 2.4 0 1795154400000",
        query(
            """
            SELECT string_agg(
              CASE WHEN sent_depth_mm > 0
                   THEN concat_ws(' ', code, sent_depth_mm, temperature_c, seq, device_ts_ms)
                   ELSE concat_ws(' ', code, received_at, distance_mm, depth_mm, temperature_c, rain_mm, seq, qc_reasons, device_ts_ms)
              END, ', ' ORDER BY code)
            FROM whole_reading JOIN sensor ON sensor.id = sensor_id WHERE observed_at >= '2026-11-01T00:00Z' AND observed_at < '2027-01-01T00:00Z'
            """));
    assertEquals(
        hours,
        query(
            """
            SELECT concat(count(*), ' hours', ' of ' || sum(readings) || ' readings', ', ',
                          (SELECT count(*) FROM reading_late), ' late, told until ',
                          coalesce((SELECT rolled_until::text FROM reading_rollup), 'never'))
            FROM reading_hour
            """));
    assertEquals(
        "2 subscriptions, 2 messages, 1 packet id, 2 retained",
        query(
            """
            SELECT (SELECT count(*) FROM mqtt_subscription) || ' subscriptions, ' || (SELECT count(*) FROM mqtt_queued)
                   || ' messages, ' || (SELECT count(*) FROM mqtt_received) || ' packet id, '
                   || (SELECT count(*) FROM mqtt_retained) || ' retained'
            """));
  }

  private void loadAndMigrate(String release) throws Exception {
    load("dump-" + release + ".sql.gz");
    if (engine == Engine.TIMESCALE) {
      // As that release itself did at its first start beside a TimescaleDB.
      execute(INTO_HYPERTABLE);
    }
    migrate();
    migrate();
  }

  private void assertRowsOfBefore(int readings, int sensors) throws Exception {
    assertEquals(
        new Schema(CommitLineOnEachEngine.dataSource(database), () -> NOON).newest(),
        query("SELECT max(version) FROM flyway_schema_history WHERE success"));
    assertEquals("3 " + readings + " 3 3 1", query(COUNTS));
    assertEquals(
        sensors + " 2026-06-28 03:00:00.123+00 2499 1 3 3600 -70 31.1",
        query(
            """
            SELECT concat_ws(' ', (SELECT count(DISTINCT sensor_code) FROM export_reading), received_at, distance_mm,
                             depth_mm, qc, battery_mv, rssi_dbm, temperature_c)
            FROM export_reading WHERE sensor_code = 'pho-noi-01' AND observed_at = '2026-06-28T03:00Z'
            """));
    assertEquals(
        "cleared 4, active 2",
        query(
            """
            SELECT string_agg(state || ' ' || peak_level, ', ' ORDER BY id)
            FROM export_alert WHERE sensor_code = 'pho-noi-01' AND kind = 'flood'
            """));
    assertEquals("", query("SELECT string_agg(id::text, ' ') FROM care_record_broken"));
  }

  private static final String COUNTS =
      """
      SELECT concat_ws(' ', (SELECT count(*) FROM sensor), (SELECT count(*) FROM reading),
                       (SELECT count(*) FROM asset), (SELECT count(*) FROM care_record),
                       (SELECT count(*) FROM report))
      """;

  private void load(String dump) throws SQLException, IOException {
    // A connection of its own: a dump empties the search path.
    try (Connection own = database.connect();
        Statement statement = own.createStatement();
        InputStream in =
            new GZIPInputStream(
                Objects.requireNonNull(
                    UpgradeTest.class.getResourceAsStream("released/" + dump), dump))) {
      statement.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
