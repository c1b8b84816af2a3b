package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.notify.ChannelStore;
import io.floodmark.api.notify.Outbox;
import io.floodmark.api.notify.Outcome;
import io.floodmark.api.notify.RetryPlan;
import io.floodmark.api.notify.Said;
import io.floodmark.api.notify.SirenState;
import io.floodmark.e2e.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which steps reach which channels, and what a siren makes of them. */
final class OutboxStepsTest {
  private final MovableClock clock = new MovableClock(RunningApi.NOON);
  private final Outbox outbox = new Outbox(RunningApi.WARD, RetryPlan.DEFAULT, new Random(4669));
  private TestDatabase database;
  private Street street;
  private int sensor;

  @BeforeEach
  void open() throws Exception {
    database = RunningApi.laid(TestDatabase.Engine.EMBEDDED);
    street = new Street(database.database());
    sensor = street.sensor("bvd-03", "Ngã tư Bần");
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  @Test
  void aChannelHearsOfWhatConcernsIt() throws Exception {
    channel("webhook", "name = 'danger', min_level = 3");
    channel("webhook", "name = 'all', min_level = 1");
    channel("webhook", "name = 'elsewhere', min_level = 1, zones = '{Phố Nối}'");
    channel("webhook", "name = 'batteries', kinds = '{battery}'");
    channel("webhook", "name = 'off', enabled = false");
    street.raise(sensor, 2, clock.instant());
    street.move(sensor, 3, clock.instant());
    street.move(sensor, 2, clock.instant());
    staffStep("acknowledged", 2);
    staffStep("noted", 2);
    staffStep("reminded", 2);
    street.move(sensor, 0, clock.instant());
    assertEquals(
        List.of(
            "all 0-2",
            "all 2-3",
            "danger 2-3",
            "all 3-2",
            "danger 3-2",
            "all 2-2",
            "all 2-0",
            "danger 2-0"),
        texts(
            """
            SELECT c.name || ' ' || e.from_level || '-' || e.to_level
            FROM outbox o JOIN channel c ON c.id = o.channel_id JOIN alert_event e ON e.id = o.event_id
            ORDER BY e.id, c.name
            """));
  }

  @Test
  void whoWasToldOfAFloodIsToldOfItsEndByWhateverStepsItGoes() throws Exception {
    channel("webhook", "name = 'two', min_level = 2");
    channel("webhook", "name = 'severe', min_level = 4");
    street.raise(sensor, 3, clock.instant());
    street.move(sensor, 2, clock.instant());
    street.move(sensor, 1, clock.instant());
    street.move(sensor, 0, clock.instant());
    assertEquals(List.of("two 0-3", "two 3-2", "two 2-1", "two 1-0"), steps());
  }

  @Test
  void whatIsOnTheShelfOrKeptBackIsToldToNobodyButASirenThatHasToStop() throws Exception {
    channel("webhook", "name = 'people', min_level = 1");
    channel("mqtt", "name = 'siren', min_level = 1");
    street.raise(sensor, 1, clock.instant());
    street.execute(
        """
        UPDATE alert SET shelved_until = ?, shelved_by = 'lan', shelf_reason = 'thử', shelved_level = 1
        """,
        clock.instant().plusSeconds(3_600));
    staffStep("shelved", 1);
    street.execute("UPDATE alert SET suppressed = 'maintenance'");
    staffStep("suppressed", 1);
    street.move(sensor, 2, clock.instant());
    street.execute(
        "UPDATE alert SET suppressed = NULL, shelved_until = NULL, shelved_by = NULL,"
            + " shelf_reason = NULL, shelved_level = NULL");
    staffStep("released", 2);
    assertEquals(
        List.of(
            "people raised",
            "siren raised",
            "siren shelved",
            "siren suppressed",
            "people released",
            "siren released"),
        texts(
            """
            SELECT c.name || ' ' || e.kind
            FROM outbox o JOIN channel c ON c.id = o.channel_id JOIN alert_event e ON e.id = o.event_id
            ORDER BY e.id, c.name
            """));
  }

  @Test
  void aSirenStandsForAllAlertsOfItsChannel() throws Exception {
    int siren = channel("mqtt", "name = 'siren', settings = '{\"topic\": \"coi\"}'");
    int other = street.sensor("bvd-04", "Chợ Đường Cái");
    street.raise(sensor, 2, clock.instant());
    street.raise(other, 3, clock.instant());
    assertFalse(isOn(siren), "not told yet");
    street.move(sensor, 0, clock.instant());
    // Only what is so now is published: the alert that came and went in the meantime is not.
    assertEquals(2, sendAll());
    assertTrue(isOn(siren), "the other goes on");
    street.execute(
        "UPDATE alert SET shelved_until = ?, shelved_by = 'lan', shelf_reason = 'thử', shelved_level = 3"
            + " WHERE state = 'active'",
        clock.instant().plusSeconds(60));
    assertFalse(isOn(siren), "on the shelf");
    clock.advance(Duration.ofMinutes(2));
    assertTrue(isOn(siren), "the shelf has ended");
    street.move(other, 1, clock.instant());
    assertFalse(isOn(siren), "below its level");
  }

  @Test
  void aFallOrTheEndOfMaintenanceSoundsNoSirenInQuietHoursAndTheirEndDoes() throws Exception {
    int siren =
        channel(
            "mqtt",
            "name = 'siren', min_level = 1, quiet_all = true, quiet_from = '12:00', quiet_to = '13:30'");
    street.raise(sensor, 3, clock.instant());
    assertEquals(0, sendAll());
    street.move(sensor, 2, clock.instant());
    assertEquals(0, sendAll());
    assertFalse(isOn(siren), "a fall");
    street.execute("UPDATE alert SET suppressed = 'maintenance'");
    staffStep("suppressed", 2);
    assertEquals(1, sendAll(), "off never waits");
    street.execute("UPDATE alert SET suppressed = NULL");
    staffStep("released", 2);
    assertEquals(0, sendAll());
    assertFalse(isOn(siren), "the end of maintenance");
    clock.advance(Duration.ofMinutes(90));
    assertEquals(1, sendAll());
    assertTrue(isOn(siren), "the end of quiet hours");
    street.move(sensor, 0, clock.instant());
    assertFalse(isOn(siren));
  }

  @Test
  void aSirenThatSoundsAlreadyIsToldOfAFallInQuietHoursAtOnce() throws Exception {
    int siren =
        channel(
            "mqtt",
            "name = 'siren', min_level = 1, quiet_all = true, quiet_from = '12:30', quiet_to = '13:30'");
    street.raise(sensor, 3, clock.instant());
    assertEquals(1, sendAll());
    clock.advance(Duration.ofMinutes(45));
    street.move(sensor, 2, clock.instant());
    assertEquals(1, sendAll());
    assertTrue(isOn(siren), "it goes on as it did");
    street.move(sensor, 0, clock.instant());
    assertEquals(1, sendAll());
    assertFalse(isOn(siren));
  }

  /** How many went out. */
  private int sendAll() throws SQLException {
    int sent = 0;
    for (Optional<Outbox.Claim> claim = claim(); claim.isPresent(); claim = claim()) {
      settle(claim.get(), Outcome.sent(Said.Sentence.ANSWERED, "status", 200));
      sent++;
    }
    return sent;
  }

  private boolean isOn(int channel) throws SQLException {
    try (Connection connection = database.database().connect()) {
      return SirenState.isOn(
          connection,
          new ChannelStore(connection).find(channel).orElseThrow(),
          0,
          Optional.empty(),
          clock.instant());
    }
  }

  private List<String> steps() throws SQLException {
    return texts(
        """
        SELECT c.name || ' ' || e.from_level || '-' || e.to_level
        FROM outbox o JOIN channel c ON c.id = o.channel_id JOIN alert_event e ON e.id = o.event_id
        ORDER BY e.id, c.name
        """);
  }

  /** Something that staff or the clock do to the newest alert of the sensor. */
  private void staffStep(String kind, int level) throws SQLException {
    street.execute(
        """
        INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level, occurred_at, recorded_at)
        SELECT max(id), sensor_id, ?, ?, ?, ?, ? FROM alert WHERE sensor_id = ? GROUP BY sensor_id
        """,
        kind,
        level,
        level,
        clock.instant(),
        clock.instant(),
        sensor);
  }

  private Optional<Outbox.Claim> claim() throws SQLException {
    try (Connection connection = database.database().connect()) {
      connection.setAutoCommit(false);
      Optional<Outbox.Claim> claim = outbox.claim(connection, clock.instant());
      connection.commit();
      return claim;
    }
  }

  private void settle(Outbox.Claim claim, Outcome outcome) throws SQLException {
    try (Connection connection = database.database().connect()) {
      connection.setAutoCommit(false);
      outbox.settle(connection, claim, outcome, Duration.ofMillis(5), clock.instant());
      connection.commit();
    }
  }

  private int channel(String kind, String changes) throws SQLException {
    street.execute(
        "INSERT INTO channel (kind, name, created_at, changed_at) VALUES (?, 'new', now(), now())",
        kind);
    street.execute("UPDATE channel SET " + changes + " WHERE name = 'new'");
    return Integer.parseInt(texts("SELECT max(id) FROM channel").get(0));
  }

  private List<String> texts(String sql) throws SQLException {
    try (Connection connection = database.database().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (row.next()) {
        texts.add(row.getString(1));
      }
      return texts;
    }
  }
}
