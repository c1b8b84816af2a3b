package io.floodmark.ingest.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How long sessions live, and wills (§3.1.2.4, §3.1.2.5, §3.1.2.11.2, §4.1). */
final class BrokerSessionTest {
  private final SetClock clock = new SetClock();
  private final BrokerCounters counters = new BrokerCounters();
  private final Broker broker = Broker.inMemory(BrokerLimits.DEFAULT, Access.ALL, clock, counters);
  private final TestClient client = new TestClient(broker, "client");
  private final TestClient writer = new TestClient(broker, "w").connect(TestClient.clean());
  private final List<String> said = new ArrayList<>();

  @Test
  void aSessionOfNoExpiryEndsWithItsConnection() {
    client.connect(TestClient.clean()).subscribe("a", 1);
    client.disconnect();
    assertFalse(client.connect(TestClient.clean().resume()).sessionPresent());
    writer.publish("a", "x", 1);
    assertEquals(List.of(), client.texts());
  }

  @Test
  void aDurableSessionIsThereAgainWithItsSubscriptionsAndWhatCameMeanwhile() {
    client.connect(TestClient.durable()).subscribe("a", 1);
    assertFalse(client.sessionPresent());
    client.disconnect();
    writer.publish("a", "at most once", 0);
    writer.publish("a", "kept", 1);
    client.connect(TestClient.durable());
    assertTrue(client.sessionPresent());
    writer.publish("a", "live", 0);
    assertEquals(List.of("kept", "live"), client.texts());
    assertEquals(1, counters.dropped(BrokerCounters.Drop.OFFLINE));
  }

  @Test
  void aCleanStartEndsTheSessionThatWasThere() {
    client.connect(TestClient.durable()).subscribe("a", 1);
    client.disconnect();
    writer.publish("a", "lost", 1);
    client.connect(TestClient.clean().expiry(10));
    assertFalse(client.sessionPresent());
    assertEquals(List.of(), client.texts());
  }

  @Test
  void aSessionEndsWhenItsTimeIsOverAndNotBefore() {
    client.connect(TestClient.durable().expiry(5)).subscribe("a", 1);
    client.disconnect();
    clock.goOn(4);
    broker.tick();
    assertTrue(client.connect(TestClient.durable().expiry(5)).sessionPresent());
    // While it is connected its time stands still.
    clock.goOn(60);
    broker.tick();
    client.lose();
    clock.goOn(5);
    broker.tick();
    assertEquals(1, broker.sessionCount(), "the writer's");
    assertEquals(1, counters.sessionsExpired());
    assertFalse(client.connect(TestClient.durable()).sessionPresent());
  }

  @Test
  void aSessionOverItsTimeIsNotResumedThoughNobodyLooked() {
    client.connect(TestClient.durable().expiry(5));
    client.disconnect();
    clock.goOn(6);
    assertFalse(client.connect(TestClient.durable()).sessionPresent());
  }

  @Test
  void oneThatNeverExpiresStays() {
    client.connect(TestClient.durable().expiry(ConnectRequest.NEVER));
    client.disconnect();
    clock.goOn(10L * 365 * 24 * 3_600);
    broker.tick();
    assertTrue(client.connect(TestClient.durable()).sessionPresent());
  }

  @Test
  void aDisconnectMayChangeTheExpiry() {
    client.connect(TestClient.durable().expiry(1));
    client.connection().disconnect(OptionalLong.of(5), false);
    clock.goOn(3);
    broker.tick();
    assertTrue(client.connect(TestClient.durable()).sessionPresent());
    client.connection().disconnect(OptionalLong.of(0), false);
    assertFalse(client.connect(TestClient.durable()).sessionPresent());
  }

  @Test
  void moreThanIsGrantedIsCut() {
    Broker strict =
        Broker.inMemory(
            new BrokerLimits(10, 10, 60, 10, 10, 10, 10, 10, 10), Access.ALL, clock, counters);
    TestClient asking = new TestClient(strict, "asking");
    assertEquals(60, asking.connect(TestClient.durable().expiry(61)).expirySeconds());
    assertEquals(59, asking.connect(TestClient.durable().expiry(59)).expirySeconds());
  }

  @Test
  void theSameClientAgainTakesTheSessionOver() {
    client.connect(TestClient.durable()).subscribe("a", 1);
    BrokerConnection before = client.connection();
    client.connect(TestClient.durable());
    assertEquals(List.of(Outlet.Ending.SESSION_TAKEN_OVER), client.endings);
    assertTrue(client.sessionPresent());
    // What the old one still says does not count.
    before.lost();
    before.unsubscribe(List.of(TopicFilter.of("a")), were -> said.add("never"));
    writer.publish("a", "x", 1);
    assertTrue(before.poll().isEmpty());
    assertEquals(List.of("x"), client.texts());
    assertEquals(List.of(), said);
  }

  @Test
  void anotherAccountsSessionOfTheSameClientIdIsLeftAlone() {
    client.connect(TestClient.durable());
    new TestClient(broker, "other", "client").connect(TestClient.clean());
    assertEquals(List.of(), client.endings);
  }

  @Test
  void ofTooManySessionsThatAreLeftTheFirstEnds() {
    List<TestClient> clients = new ArrayList<>();
    for (int i = 0; i <= BrokerLimits.DEFAULT.offlineSessionsPerAccountMax(); i++) {
      clients.add(new TestClient(broker, "acc", "c" + i).connect(TestClient.durable()));
    }
    clients.forEach(TestClient::disconnect);
    assertTrue(clients.get(1).connect(TestClient.durable()).sessionPresent());
    assertFalse(clients.get(0).connect(TestClient.durable()).sessionPresent());
  }

  @Test
  void anAccountThatEndsTakesItsSessionsAlong() {
    TestClient there = new TestClient(broker, "sensor", "a").connect(TestClient.durable());
    TestClient away = new TestClient(broker, "sensor", "b").connect(TestClient.durable());
    away.disconnect();
    client.connect(TestClient.durable());
    broker.endAccount("sensor");
    assertEquals(List.of(Outlet.Ending.ACCOUNT_ENDED), there.endings);
    assertEquals(List.of(), client.endings);
    assertFalse(there.connect(TestClient.durable()).sessionPresent());
    assertFalse(away.connect(TestClient.durable()).sessionPresent());
  }

  @Test
  void aWillIsSaidWhenTheConnectionIsLostAndNotAfterADisconnect() {
    client.connect(TestClient.clean().will(0, () -> said.add("first")));
    client.disconnect();
    assertEquals(List.of(), said);
    client.connect(TestClient.clean().will(0, () -> said.add("second")));
    client.lose();
    client.lose();
    assertEquals(List.of("second"), said);
    client.connect(TestClient.clean().will(0, () -> said.add("third")));
    client.connection().disconnect(OptionalLong.empty(), true);
    assertEquals(List.of("second", "third"), said);
    assertEquals(2, counters.wills());
  }

  @Test
  void aWillMayPublish() {
    TestClient reader = new TestClient(broker, "reader").connect(TestClient.clean());
    reader.subscribe("wills/#", 0);
    client.connect(
        TestClient.clean()
            .will(
                0,
                () ->
                    broker.publish(
                        client.key(),
                        TestClient.message("wills/a", "gone", 0, false),
                        outcome -> said.add(outcome.name()))));
    client.lose();
    assertEquals(List.of("gone"), reader.texts());
    assertEquals(List.of("ROUTED"), said);
  }

  @Test
  void aDelayedWillIsSaidInTime() {
    client.connect(TestClient.durable().will(10, () -> said.add("gone")));
    client.lose();
    clock.goOn(9);
    broker.tick();
    assertEquals(List.of(), said);
    clock.goOn(1);
    broker.tick();
    broker.tick();
    assertEquals(List.of("gone"), said);
  }

  @Test
  void aDelayedWillIsNotSaidIfTheClientIsBack() {
    client.connect(TestClient.durable().will(10, () -> said.add("gone")));
    client.lose();
    clock.goOn(9);
    client.connect(TestClient.durable());
    clock.goOn(60);
    broker.tick();
    assertEquals(List.of(), said);
  }

  @Test
  void aDelayedWillIsSaidAtTheSessionsEnd() {
    client.connect(TestClient.durable().expiry(5).will(10, () -> said.add("expired")));
    client.lose();
    clock.goOn(5);
    broker.tick();
    assertEquals(List.of("expired"), said);

    client.connect(TestClient.clean().will(10, () -> said.add("ended")));
    client.lose();
    assertEquals(List.of("expired", "ended"), said);

    client.connect(TestClient.durable().will(10, () -> said.add("cleaned")));
    client.lose();
    client.connect(TestClient.clean());
    assertEquals(List.of("expired", "ended", "cleaned"), said);
    clock.goOn(60);
    broker.tick();
    assertEquals(3, said.size());
  }

  @Test
  void aTakeOverSaysTheWillUnlessItIsDelayed() {
    client.connect(TestClient.durable().will(0, () -> said.add("at once")));
    client.connect(TestClient.durable().will(10, () -> said.add("later")));
    client.connect(TestClient.durable());
    clock.goOn(60);
    broker.tick();
    assertEquals(List.of("at once"), said);
  }

  @Test
  void aStopOfOursSaysNoWills() {
    client.connect(TestClient.clean().will(0, () -> said.add("gone")));
    TestClient delayed = new TestClient(broker, "delayed");
    delayed.connect(TestClient.durable().will(10, () -> said.add("gone")));
    delayed.lose();
    broker.stop();
    client.lose();
    clock.goOn(60);
    broker.tick();
    assertEquals(List.of(), said);
  }

  @Test
  void aFaultInAWillDoesNotKeepOthersFromTheirs() {
    for (String name : List.of("a", "b")) {
      new TestClient(broker, name)
          .connect(
              TestClient.durable()
                  .will(
                      1,
                      () -> {
                        said.add(name);
                        throw new IllegalStateException("a fault");
                      }))
          .lose();
    }
    clock.goOn(1);
    broker.tick();
    assertEquals(List.of("a", "b"), said);
  }
}
