package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.broker.Broker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose sessions are kept, and with what rights. */
class AccountsTest {
  private static final String TOKEN_C = "token-of-c-0123456789";

  private final SensorDirectory sensors =
      new SensorDirectory(List.of(Street.entry(1, "a", Street.TOKEN_A)));
  private final ReaderDirectory readers =
      new ReaderDirectory(
          List.of(
              Street.reader(7, Street.TOKEN_R),
              Street.reader(8, "another", Optional.of(Street.NOW))));

  @Test
  void thereAreThoseThatMaySignIn() {
    Accounts accounts = new Accounts(sensors, readers, () -> Street.NOW, false);
    assertTrue(accounts.test("sensor:1"));
    assertTrue(accounts.test("reader:7"));
    for (String gone : List.of("sensor:2", "sensor:", "reader:1", "reader:x", "open:0", "", ":1")) {
      assertFalse(accounts.test(gone), gone);
    }
    assertTrue(new Accounts(sensors, readers, () -> Street.NOW, true).test("open:0"));
  }

  @Test
  void aTokenWhoseTimeIsOverIsGone() {
    assertFalse(new Accounts(sensors, readers, () -> Street.NOW, false).test("reader:8"));
    Accounts before = new Accounts(sensors, readers, () -> Street.NOW.minusSeconds(1), false);
    assertTrue(before.test("reader:8"));
  }

  @Test
  void theyAreNamedAsTheBrokerNamesThem() {
    assertEquals("sensor:1", new Client.Sensor(Street.entry(1, "a", "t")).account());
    assertEquals("reader:7", new Client.Reader(Street.reader(7, "t")).account());
    assertEquals("open:0", new Client.Open().account());
  }

  @Test
  void aSensorThatHasAnotherCodeSinceLosesWhatItMayNotHaveAnyMore() {
    Street before = new Street();
    Broker broker = before.listener.broker();
    Wire old = before.connect(Street.a().keepingItsSession());
    old.send(Packets.subscribe(1, 1, "levels/a"));
    old.cut();
    broker.publishState("levels/a", "1".getBytes(StandardCharsets.UTF_8));

    // As after a restart: nobody was there to be told that it is called c now.
    Street after =
        Street.of(new SensorDirectory(List.of(Street.entry(1, "c", TOKEN_C))), clock -> broker);
    Wire back = after.dial();
    back.send(
        new Packets.Connect().as("c", TOKEN_C).clientId("client-a").keepingItsSession().bytes());
    assertEquals(List.of("20020100"), back.received());
    broker.publishState("levels/a", "2".getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of(), back.received());
    before.hangUp();
    after.hangUp();
  }
}
