package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.notify.Channel;
import io.floodmark.api.notify.Message;
import io.floodmark.api.notify.Outbox;
import io.floodmark.api.notify.OutboxSender;
import io.floodmark.api.notify.Outcome;
import io.floodmark.api.notify.RetryPlan;
import io.floodmark.api.notify.Said;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.e2e.Until;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outbox over a database of its own, with channels that are not there. */
final class OutboxTest {
  private final MovableClock clock = new MovableClock(RunningApi.NOON);
  private final Outbox outbox = new Outbox(RunningApi.WARD, RetryPlan.DEFAULT, new Random(4669));
  private final Mailbox mailbox = new Mailbox();
  private final List<OutboxSender> senders = new ArrayList<>();
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
    mailbox.unblock();
    senders.forEach(OutboxSender::close);
    database.close();
  }

  @Test
  void aStepAndItsRowAreOneTransaction() throws Exception {
    channel("webhook", "name = 'a'");
    try (Connection connection = database.database().connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            """
            WITH raised AS (
              INSERT INTO alert (sensor_id, kind, state, level, peak_level, since, changed_at)
              VALUES (%d, 'flood', 'active', 3, 3, now(), now()) RETURNING id, sensor_id)
            INSERT INTO alert_event (alert_id, sensor_id, kind, from_level, to_level, occurred_at, recorded_at)
            SELECT id, sensor_id, 'raised', 0, 3, now(), now() FROM raised
            """
                .formatted(sensor));
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM outbox")) {
          row.next();
          assertEquals(1, row.getInt(1));
        }
      }
      connection.rollback();
    }
    assertEquals(List.of("0"), texts("SELECT count(*) FROM outbox"));
  }

  @Test
  void whoDiesBetweenSendingAndNotingItRepeatsItOnceWithTheSameKey() throws Exception {
    channel("webhook", "name = 'a'");
    street.raise(sensor, 3, clock.instant());
    // Somebody claims and sends; then the machine goes dark.
    Outbox.Claim claim = claim().orElseThrow();
    Message first = claim.message();
    mailbox.openers().get(claim.setup().kind()).open(claim.setup()).send(first);
    assertEquals(1, mailbox.messages.size());

    start();
    Until.succeeds("a look around", () -> assertTrue(claim().isEmpty()));
    assertEquals(1, mailbox.messages.size(), "the claim holds");
    clock.advance(Outbox.LEASE.plusMillis(1));
    Until.succeeds(
        "the claim was let go of",
        () ->
            assertEquals(
                List.of("1"), texts("SELECT count(*) FROM outbox WHERE leased_until IS NULL")));
    assertEquals(1, mailbox.messages.size(), "whoever lives has time to note it");
    clock.advance(Outbox.GRACE);
    Until.succeeds("it is sent again", () -> assertEquals(List.of("sent"), states()));
    assertEquals(2, mailbox.messages.size());
    assertEquals(first, mailbox.messages.get(1), "the same message with the same key");

    clock.advance(Duration.ofDays(1));
    Until.succeeds("a look around", () -> assertTrue(claim().isEmpty()));
    assertEquals(2, mailbox.messages.size());
  }

  @Test
  void whoHasSentItAndNotesItLateHasItSentByNobodyElse() throws Exception {
    channel("webhook", "name = 'a'");
    street.raise(sensor, 3, clock.instant());
    mailbox.block();
    // Not given up before it is let go on, however slow the machine is.
    start(Duration.ofMinutes(2), List.of());
    Until.succeeds("it is being sent", () -> assertEquals(1, mailbox.messages.size()));
    clock.advance(Duration.ofHours(1));
    start();
    Until.succeeds(
        "the second one has let go of the claim",
        () ->
            assertEquals(
                List.of("1"), texts("SELECT count(*) FROM outbox WHERE leased_until IS NULL")));
    mailbox.unblock();
    Until.succeeds("the first one notes it", () -> assertEquals(List.of("sent"), states()));
    clock.advance(Duration.ofHours(1));
    Until.succeeds("a look around", () -> assertTrue(claim().isEmpty()));
    assertEquals(1, mailbox.messages.size());
  }

  @Test
  void twoSendersSendEachMessageOnceAndThoseOfAnAlertInTheirOrder() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      channel("webhook", "min_level = 1, name = '" + name + "'");
    }
    start();
    start();
    for (int round = 0; round < 5; round++) {
      street.raise(sensor, 1, clock.instant());
      street.move(sensor, 2, clock.instant());
      street.move(sensor, 0, clock.instant());
    }
    Until.succeeds(
        "all is sent",
        () ->
            assertEquals(List.of("45"), texts("SELECT count(*) FROM outbox WHERE state = 'sent'")));
    assertEquals(45, mailbox.messages.size());
    Set<String> keys = new TreeSet<>();
    mailbox.messages.forEach(message -> keys.add(message.key().toString()));
    assertEquals(45, keys.size());
    for (String name : List.of("a", "b", "c")) {
      List<Long> events = new ArrayList<>();
      for (int i = 0; i < 45; i++) {
        if (mailbox.channels.get(i).equals(name)) {
          events.add(mailbox.messages.get(i).notices().get(0).eventId());
        }
      }
      for (long alert = 0; alert < 5; alert++) {
        int from = (int) alert * 3;
        List<Long> sorted = events.stream().sorted().toList().subList(from, from + 3);
        assertEquals(sorted, events.stream().filter(sorted::contains).toList());
      }
    }
  }

  @Test
  void whatFailsIsTriedAgainAndGivenUpInTheEndAndCanBeSentAgain() throws Exception {
    int channel = channel("webhook", "name = 'a'");
    street.raise(sensor, 2, clock.instant());
    for (int attempt = 1; attempt <= RetryPlan.DEFAULT.attemptsMax(); attempt++) {
      Outbox.Claim claim = claim().orElseThrow();
      assertEquals(attempt, claim.attempt());
      settle(claim, Outcome.retry(Said.Sentence.ANSWERED, "status", 503));
      assertTrue(claim().isEmpty(), "not at once");
      clock.advance(RetryPlan.DEFAULT.longest());
    }
    assertEquals(List.of("dead"), states());
    assertTrue(claim().isEmpty());
    try (Connection connection = database.database().connect()) {
      assertTrue(Outbox.sendAgain(connection, channel, 1, "lan", clock.instant()));
      assertFalse(Outbox.sendAgain(connection, channel, 1, "lan", clock.instant()));
    }
    Outbox.Claim again = claim().orElseThrow();
    settle(again, Outcome.sent(Said.Sentence.ANSWERED, "status", 200));
    assertEquals(List.of("sent"), states());
    assertEquals(
        List.of("again 1", "dead 1", "retry 23", "sent 1"),
        texts("SELECT outcome || ' ' || count(*) FROM delivery GROUP BY outcome ORDER BY outcome"));
  }

  @Test
  void dangerDoesNotWaitBehindThePauseOfALesserStepThatFailed() throws Exception {
    channel("webhook", "name = 'a', min_level = 1");
    street.raise(sensor, 1, clock.instant());
    settle(claim().orElseThrow(), Outcome.retry(Said.Sentence.ANSWERED, "status", 503));
    assertTrue(claim().isEmpty(), "not at once");
    street.move(sensor, 3, clock.instant());
    Outbox.Claim lesser = claim().orElseThrow();
    assertEquals(1, lesser.message().level());
    settle(lesser, Outcome.sent(Said.Sentence.ANSWERED, "status", 200));
    assertEquals(3, claim().orElseThrow().message().level());
  }

  @Test
  void quietHoursEndInASummaryAndDangerPasses() throws Exception {
    channel("email", "name = 'a', min_level = 1, quiet_from = '12:00', quiet_to = '13:30'");
    // 12:00 in the ward.
    street.raise(sensor, 1, clock.instant());
    street.move(sensor, 2, clock.instant());
    int other = street.sensor("bvd-04", "Chợ Đường Cái");
    street.raise(other, 2, clock.instant());
    street.move(other, 3, clock.instant());
    Outbox.Claim danger = claim().orElseThrow();
    assertEquals(3, danger.message().notices().get(0).toLevel());
    settle(danger, Outcome.sent(Said.Sentence.ANSWERED, "status", 200));
    assertTrue(claim().isEmpty());
    clock.advance(Duration.ofMinutes(90));
    Outbox.Claim summary = claim().orElseThrow();
    assertEquals(
        List.of(1, 2),
        summary.message().notices().stream().map(notice -> notice.toLevel()).toList(),
        "what the danger had told already is left out");
    settle(summary, Outcome.retry(Said.Sentence.ANSWERED, "status", 503));
    // What comes meanwhile goes by itself: what was said once is said the same again.
    street.move(sensor, 0, clock.instant());
    clock.advance(Duration.ofMinutes(1));
    Outbox.Claim repeated = claim().orElseThrow();
    assertEquals(summary.message(), repeated.message());
    settle(repeated, Outcome.sent(Said.Sentence.ANSWERED, "status", 200));
    assertEquals(1, claim().orElseThrow().message().notices().size());
  }

  @Test
  void overTheLimitSummariesFollowAndDangerPasses() throws Exception {
    channel("webhook", "name = 'a', min_level = 1, max_per_hour = 2");
    for (int i = 0; i < 5; i++) {
      street.raise(street.sensor("s-" + i, "Điểm " + i), i == 4 ? 4 : 1, clock.instant());
    }
    List<Integer> levels = new ArrayList<>();
    for (Optional<Outbox.Claim> claim = claim(); claim.isPresent(); claim = claim()) {
      levels.add(claim.get().message().level());
      settle(claim.get(), Outcome.sent(Said.Sentence.ANSWERED, "status", 200));
    }
    assertEquals(List.of(4, 1), levels);
    clock.advance(Outbox.SUMMARY_EVERY);
    Outbox.Claim summary = claim().orElseThrow();
    assertEquals(3, summary.message().notices().size());
    settle(summary, Outcome.sent(Said.Sentence.ANSWERED, "status", 200));
    assertTrue(claim().isEmpty());
  }

  @Test
  void aChoreThatAlwaysFailsKeepsNoWarningFromGoingOut() throws Exception {
    channel("webhook", "name = 'a'");
    street.raise(sensor, 3, clock.instant());
    start(
        List.of(
            connection -> {
              throw new SQLException("no such column", "42703");
            },
            connection -> {
              throw new IllegalStateException("a bug");
            }));
    Until.succeeds("it is sent", () -> assertEquals(List.of("sent"), states()));
  }

  @Test
  void aSendThatTakesTooLongIsGivenUpLongBeforeItsLeaseEnds() throws Exception {
    assertTrue(Channel.SEND_WITHIN.multipliedBy(2).compareTo(Outbox.LEASE) < 0);
    channel("webhook", "name = 'a'");
    street.raise(sensor, 3, clock.instant());
    mailbox.block();
    start(Duration.ofMillis(50), List.of());
    Until.succeeds(
        "it is tried again later",
        () ->
            assertEquals(
                List.of("retry"),
                texts(
                    "SELECT d.outcome FROM delivery d JOIN outbox o ON o.id = d.outbox_id"
                        + " WHERE o.state = 'waiting' AND o.leased_until IS NULL")));
  }

  private void start() {
    start(List.of());
  }

  private void start(List<OutboxSender.Chore> chores) {
    start(Channel.SEND_WITHIN, chores);
  }

  private void start(Duration sendWithin, List<OutboxSender.Chore> chores) {
    OutboxSender sender =
        new OutboxSender(
            database.database().pool("outbox", OutboxSender.connections()),
            clock,
            outbox,
            sendWithin,
            mailbox.openers(),
            chores);
    senders.add(sender);
    sender.start();
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

  private List<String> states() throws SQLException {
    return texts("SELECT state FROM outbox ORDER BY id");
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
