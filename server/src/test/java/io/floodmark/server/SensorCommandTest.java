package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.sensors.register.SensorToken;
import io.floodmark.live.DoorbellListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands against a database that is running already, as beside a server. */
class SensorCommandTest {
  @TempDir static Path temp;
  private static EmbeddedPostgres postgres;

  private String out = "";
  private String err = "";

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.open(temp.resolve("data"), FolderKind.SERVE);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    assertEquals(0, sensor("list"));
    // The history of alerts refuses to be emptied.
    sql(
        """
        ALTER TABLE alert_event DISABLE TRIGGER alert_event_append_only;
        DELETE FROM alert_event; DELETE FROM alert; DELETE FROM sensor_state;
        DELETE FROM sensor_threshold; DELETE FROM sensor;
        ALTER TABLE alert_event ENABLE TRIGGER alert_event_append_only
        """);
  }

  @Test
  void aSensorIsAddedWithATokenThatIsStoredAsItsDigest() throws SQLException {
    assertEquals(
        0, sensor("add", "bvd-03", "--lon=106.07", "--lat=20.94", "--mount-height-mm=2400"));
    String token = out.lines().filter(l -> l.startsWith("bvd-03,")).findFirst().orElseThrow();
    assertTrue(token.matches("bvd-03,[0-9a-f]{32}"), token);
    byte[] expected = new SensorToken(token.substring(7)).sha256();
    assertArrayEquals(expected, digest("bvd-03"));
  }

  @Test
  void itIsSaidWhereASensorWasRegistered() {
    assertEquals(0, sensor("add", "a", "--kind=rain", "--lon=106", "--lat=20"));
    assertTrue(out.endsWith("\nRegistered in " + postgres.dataDirectory() + ".\n"), out);
    Path fresh = temp.resolve("fresh");
    String[] line = {
      "sensor", "add", "a", "--kind=rain", "--lon=106", "--lat=20", "--data-dir", fresh.toString()
    };
    assertEquals(0, floodmark(line));
    assertTrue(
        out.endsWith(
            "\nRegistered in %s, which was new; the demo's sensors are in --data-dir ./floodmark-demo.\n"
                .formatted(fresh)),
        out);
    assertEquals(1, floodmark(line));
    assertFalse(out.contains("Registered"), out);
  }

  @Test
  void aSensorIsAddedOnlyOnce() {
    assertEquals(0, sensor("add", "a", "--kind=rain", "--lon=106", "--lat=20"));
    assertEquals(1, sensor("add", "a", "--kind=rain", "--lon=106", "--lat=20"));
    assertTrue(err.contains("a is registered already"), err);
  }

  @Test
  void anImportTellsTheLowestLevelThatASensorCanSee() throws IOException {
    assertEquals(
        0,
        importing(
            """
            code,lon,lat,mount_height_mm,low_point_delta_mm,token
            low,106,20,2000,0,12345678901234567890
            high,106,20,2000,180,12345678901234567890
            """));
    assertTrue(out.contains("low: 1 attention"), out);
    assertTrue(out.contains("high: 2 warning (30 mm of water under it is already 210 mm"), out);
    assertFalse(out.contains("1234567890"), "a token that was given is not repeated");
  }

  @Test
  void anImportIsAllOrNothingAndNamesEveryBadRow() throws Exception {
    assertEquals(
        1,
        importing(
            """
            code,lon,lat,mount_height_mm
            good,106,20,2000
            b d,106,20,2000
            good,106,20,2000
            deep,206,20,
            """));
    assertTrue(err.contains("row 3, column code"), err);
    assertTrue(err.contains("row 4, column code: good is there twice"), err);
    assertTrue(err.contains("row 5, column lon"), err);
    assertTrue(err.contains("row 5, column mount_height_mm: missing"), err);
    assertTrue(err.contains("Nothing was changed."), err);
    assertEquals("0", sql("SELECT count(*) FROM sensor"));
  }

  @Test
  void aSecondImportChangesWhatItSaysAndKeepsTheToken() throws Exception {
    importing("code,name,lon,lat,mount_height_mm\na,A,106,20,2000\nb,B,106,20,2000\n");
    byte[] before = digest("a");
    assertEquals(0, importing("code,mount_height_mm\na,2100\nb,2000\n"));
    assertTrue(out.startsWith("0 new, 1 changed, 1 as they were."), out);
    assertEquals(
        "A 2100", sql("SELECT name || ' ' || mount_height_mm FROM sensor WHERE code = 'a'"));
    assertArrayEquals(before, digest("a"));
  }

  @Test
  void aChangeIsRungToWhoeverListens() throws Exception {
    BlockingQueue<Set<Integer>> rung = new LinkedBlockingQueue<>();
    CountDownLatch connected = new CountDownLatch(1);
    try (DoorbellListener bell =
        new DoorbellListener("bell", postgres.database(), new Rings(connected, rung))) {
      bell.start();
      assertTrue(connected.await(20, TimeUnit.SECONDS));
      sensor("add", "a", "--kind=rain", "--lon=106", "--lat=20");
      Set<Integer> id = Set.of(Integer.valueOf(sql("SELECT id FROM sensor")));
      assertEquals(id, rung.poll(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void aNewTokenEndsTheOldOne() throws SQLException {
    sensor("add", "a", "--kind=rain", "--lon=106", "--lat=20");
    assertEquals(0, sensor("token", "a"));
    assertArrayEquals(new SensorToken(out.strip()).sha256(), digest("a"));
  }

  @Test
  void everyChangeIsInTheAuditLogAndNoTokenIs() throws Exception {
    sensor("add", "audited", "--kind=rain", "--lon=106", "--lat=20");
    importing("code,name\naudited,Phố Bần\n");
    importing("code,name\naudited,Phố Bần\n");
    importing("code,token\naudited,12345678901234567890\n");
    sensor("token", "audited");
    sensor("retire", "audited");
    sensor("retire", "audited");
    assertEquals(
        "create edit token token retire",
        sql(
            """
            SELECT string_agg(replace(action, 'sensor.', ''), ' ' ORDER BY id) FROM audit_entry
            WHERE subject = 'sensor:audited' AND actor = 'command line'
            """));
    assertEquals(
        "audited → Phố Bần",
        sql(
            """
            SELECT detail ->> 'name' FROM audit_entry
            WHERE subject = 'sensor:audited' AND action = 'sensor.edit'
            """));
    assertEquals(
        "0", sql("SELECT count(*) FROM audit_entry WHERE strpos(detail::text, '1234567890') > 0"));
  }

  @Test
  void aRetiredSensorIsOutOfServiceForGood() throws Exception {
    sensor("add", "a", "--kind=rain", "--lon=106", "--lat=20");
    assertEquals(0, sensor("retire", "a"));
    assertEquals(1, sensor("retire", "a"));
    assertEquals(1, sensor("token", "a"));
    assertEquals(1, importing("code,name\na,B\n"));
    assertTrue(err.contains("a is retired, and a code is not used again"), err);
    sensor("list");
    assertTrue(
        out.lines().anyMatch(line -> line.startsWith("a ") && line.endsWith("retired")), out);
    sensor("list", "--csv");
    assertEquals(1, out.lines().count(), out);
  }

  @Test
  void theAlertOfARetiredSensorIsCleared() throws Exception {
    sensor("add", "drowned", "--mount-height-mm=2400", "--lon=106", "--lat=20");
    sql(
        """
        WITH raised AS (
          INSERT INTO alert (sensor_id, kind, state, level, peak_level, since, changed_at)
          SELECT id, 'flood', 'active', 2, 3, now() - interval '1 h', now() - interval '1 h'
          FROM sensor WHERE code = 'drowned'
          RETURNING id, sensor_id
        )
        UPDATE sensor_state st
        SET alert_id = raised.id, alert_level = 2, level = 2, due_at = now(),
          memory = '{"alert": {"meets": 2, "holds": 2}}'
        FROM raised WHERE st.sensor_id = raised.sensor_id
        """);
    String version = sql("SELECT version FROM sensor_state");
    assertEquals(0, sensor("retire", "drowned"));
    assertEquals(
        "cleared 2 3 t",
        sql(
            """
            SELECT concat_ws(' ', state, level, peak_level, changed_at = cleared_at)
            FROM alert WHERE cleared_at > since
            """));
    assertEquals(
        "1 cleared 2 0 t t",
        sql(
            """
            SELECT concat_ws(' ', count(*) OVER (), e.kind, from_level, to_level,
              occurred_at = recorded_at, occurred_at = a.cleared_at)
            FROM alert_event e JOIN alert a ON a.id = e.alert_id
            WHERE e.kind = 'cleared'
            """));
    assertEquals(
        "suppressed cleared",
        sql("SELECT string_agg(kind, ' ' ORDER BY id) FROM alert_event"),
        "no retirement says that the water has gone");
    assertEquals(
        "t 0 {} t",
        sql(
            "SELECT concat_ws(' ', version > "
                + version
                + ", alert_level, memory, num_nulls(alert_id, level, due_at) = 3)"
                + " FROM sensor_state"));
  }

  @Test
  void whatIsListedAsCsvCanBeImportedAgain() throws Exception {
    importing(
        "code,name,lon,lat,kind,mount_height_mm\na,\"Phố, Bần\",106,20,,2000\nr,,106,20,rain,\n");
    sensor("list", "--csv");
    assertEquals(0, importing(out));
    assertTrue(out.startsWith("0 new, 0 changed, 2 as they were."), out);
  }

  @Test
  void wrongUsageIsOneLineAndExitCodeTwo() {
    for (String[] line :
        new String[][] {
          {"sensor"},
          {"sensor", "add", "a"},
          {"sensor", "list", "--clour"},
          {"sensor", "token", "a b"},
          {"sensor", "list", "--db-url", "mysql://x"},
          {"sensro"}
        }) {
      assertEquals(2, floodmark(line), () -> String.join(" ", line));
      assertEquals(1, err.lines().count(), err);
    }
  }

  private int importing(String csv) throws IOException {
    return sensor("import", Files.writeString(temp.resolve("list.csv"), csv).toString());
  }

  private int sensor(String... arguments) {
    List<String> line = new ArrayList<>(List.of("sensor"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--data-dir", postgres.dataDirectory().toString()));
    return floodmark(line.toArray(String[]::new));
  }

  private int floodmark(String... line) {
    StringWriter said = new StringWriter();
    StringWriter complained = new StringWriter();
    int code =
        commands().setOut(new PrintWriter(said)).setErr(new PrintWriter(complained)).execute(line);
    out = said.toString();
    err = complained.toString();
    return code;
  }

  /** All commands, in surroundings like those of the program but without anybody's settings. */
  static CommandLine commands() {
    return Commands.of(new Surroundings(Map.of(), InstantSource.system(), new SecureRandom()));
  }

  private static byte[] digest(String code) throws SQLException {
    try (Connection connection = postgres.database().connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT token_sha256 FROM sensor WHERE code = '" + code + "'")) {
      row.next();
      return row.getBytes(1);
    }
  }

  private static String sql(String text) throws SQLException {
    try (Connection connection = postgres.database().connect();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(text)) {
        return "";
      }
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private record Rings(CountDownLatch connection, BlockingQueue<Set<Integer>> sensors)
      implements DoorbellListener.Listener {
    @Override
    public void connected() {
      connection.countDown();
    }

    @Override
    public void readingsChanged(Set<Integer> sensorIds) {}

    @Override
    public void sensorsChanged(Set<Integer> sensorIds) {
      sensors.add(sensorIds);
    }

    @Override
    public void disconnected() {}
  }
}
