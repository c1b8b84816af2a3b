package io.floodmark.ingest.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept for whoever is away, for how many, and for whom not. */
final class SessionsThatAreLeftTest {
  private static final int QUEUED_MAX = 3;
  private static final int TOPICS = 10;
  private static final BrokerLimits LIMITS =
      new BrokerLimits(10, 2, 9_999, QUEUED_MAX, 1_000, 10, 100, 1_000, 1_000);

  private final SetClock clock = new SetClock();
  private final PaperTables tables = new PaperTables(clock, LIMITS);
  private Broker broker = tables.broker();
  private final TestClient writer = new TestClient(broker, "w").connect(TestClient.clean());

  @Test
  void noMoreStatesWaitThanMayAndYetNoneIsMissed() {
    TestClient reader = durable("reader:1", "r").subscribe("levels/#", 1);
    tables.commit();
    reader.disconnect();
    IntStream.range(0, TOPICS).forEach(i -> broker.publishState("levels/" + i, bytes("old")));
    IntStream.range(0, TOPICS).forEach(i -> broker.publishState("levels/" + i, bytes("new")));
    assertTrue(waiting(reader) <= QUEUED_MAX, waiting(reader) + " wait");
    reader.connect(TestClient.durable());
    List<Outgoing> packets = reader.poll();
    assertEquals(TOPICS, packets.size());
    packets.forEach(
        packet -> {
          Outgoing.Publish publish = (Outgoing.Publish) packet;
          assertEquals("new", TestClient.text(publish));
          assertFalse(publish.retain());
          reader.connection().acknowledged(publish.packetId());
        });
    broker.publishState("levels/0", bytes("newer"));
    assertEquals(List.of("newer"), reader.texts(), "and it goes on as before");
  }

  @Test
  void whatIsRetainedWaitsForWhoeverIsConnectedAndWithinTheBoundForOthers() {
    IntStream.range(0, TOPICS).forEach(i -> writer.retain("t" + i, "x", 1));
    TestClient reader = durable("reader:1", "r").subscribe("#", 1);
    tables.commit();
    assertEquals(TOPICS, waiting(reader));
    reader.lose();
    assertEquals(QUEUED_MAX, waiting(reader));
    assertEquals(TOPICS - QUEUED_MAX, broker.counters().dropped(BrokerCounters.Drop.QUEUE_FULL));
  }

  @Test
  void whatIsHeldIsToldAsFiguresAndNothingIsLeftOfSessionsThatEnd() {
    writer.retain("t", "four", 1);
    broker.publishState("levels/x", bytes("state"));
    TestClient reader = durable("reader:1", "r").subscribe("a", 1).subscribe("$share/g/a", 1);
    writer.publish("a", "x", 1);
    tables.commit();
    assertEquals(new BrokerFigures(1, 0, 2, 1, 4, 1, 2, 0, 0), broker.figures());
    reader.lose();
    writer.publish("a", "y", 1);
    BrokerFigures left = broker.figures();
    assertTrue(left.unwrittenBytes() > 0, left::toString);
    tables.commit();
    // Two of each message, and one more than may wait.
    assertEquals(new BrokerFigures(0, 1, 2, 1, 4, 1, 0, QUEUED_MAX, 0), broker.figures());
    broker.endAccount("reader:1");
    writer.retain("t", "", 1);
    broker.clearState("levels/x");
    tables.commit();
    assertEquals(new BrokerFigures(0, 0, 0, 0, 0, 0, 0, 0, 0), broker.figures());
  }

  @Test
  void whoeverIsPushedOutIsCounted() {
    List.of("first", "second", "third").forEach(name -> durable("reader:1", name).disconnect());
    assertEquals(1, broker.counters().sessionsDisplaced());
    assertEquals(2, broker.figures().durableOffline());
  }

  @Test
  void subscriptionsBeyondThoseThatASessionMayHaveAreCounted() {
    TestClient reader = durable("reader:1", "r");
    IntStream.range(0, LIMITS.subscriptionsMax() + 2).forEach(i -> reader.subscribe("t" + i, 0));
    assertEquals(2, broker.counters().subscriptionsRefused());
    assertEquals(LIMITS.subscriptionsMax(), broker.figures().subscriptions());
  }

  @Test
  void aTakeOverLeavesNoSessionAndPushesNoneOut() {
    durable("reader:1", "first").disconnect();
    durable("reader:1", "second").disconnect();
    TestClient third = durable("reader:1", "third");
    durable("reader:1", "third");
    assertEquals(1, third.endings.size());
    assertEquals(4, broker.sessionCount(), "with the writer");
    assertTrue(durable("reader:1", "first").sessionPresent());
  }

  @Test
  void accountsThatAreGoneHaveNoSessionsLeft() {
    TestClient here = durable("reader:1", "r");
    TestClient gone = durable("reader:2", "r");
    broker.keepAccounts(account -> !account.equals("reader:2"));
    assertEquals(List.of(), here.endings);
    assertEquals(List.of(Outlet.Ending.ACCOUNT_ENDED), gone.endings);
    assertEquals(2, broker.sessionCount(), "with the writer");
  }

  @Test
  void accountsThatHaveGoneMeanwhileAreNotRestored() {
    durable("reader:1", "r").subscribe("a", 1);
    durable("reader:2", "r").subscribe("a", 1);
    tables.commit();
    assertEquals(1, restarted().sessionCount());
    tables.commit();
    assertEquals(1, tables.start().sessionCount(), "nor are they there any more");
  }

  private Broker restarted() {
    broker = tables.start(fresh -> fresh.keepAccounts("reader:1"::equals));
    return broker;
  }

  @Test
  void whatIsNotAllowedAnyMoreIsNotSent() {
    TestClient reader = durable("sensor:1", "r").subscribe("a", 1).subscribe("b/+", 1);
    tables.commit();
    reader.disconnect();
    writer.publish("a", "of a", 1);
    writer.publish("b/x", "of b", 1);
    broker.publishState("b/y", bytes("state of b"));
    tables.commit();
    reader.connect(TestClient.durable());
    reader.connection().keepOnly(filter -> filter.text().equals("a"));
    assertEquals(List.of("of a"), reader.texts());
    writer.publish("b/x", "later", 1);
    tables.commit();
    assertEquals(List.of(), reader.texts());
    assertEquals(2, broker.counters().dropped(BrokerCounters.Drop.NOT_ALLOWED));
  }

  @Test
  void whatIsAllowedStays() {
    TestClient reader = durable("sensor:1", "r").subscribe("a", 1);
    reader.connection().keepOnly(filter -> true);
    writer.publish("a", "x", 1);
    tables.commit();
    assertEquals(List.of("x"), reader.texts());
  }

  @Test
  void aSessionThatAnotherProcessHasTakenIsGoneAndItsClientTold() {
    TestClient reader = durable("reader:1", "r").subscribe("a", 1);
    long id = session(reader).id();
    broker.run(() -> assertEquals(1, broker.endings().lose(Set.of(id, id + 1_000))));
    assertEquals(List.of(Outlet.Ending.SESSION_TAKEN_OVER), reader.endings);
    assertEquals(List.of(PublishOutcome.NO_MATCHING_SUBSCRIBERS), writer.publish("a", "x", 0));
    assertFalse(durable("reader:1", "r").sessionPresent());
  }

  private TestClient durable(String account, String name) {
    return new TestClient(broker, account, name).connect(TestClient.durable());
  }

  private Session session(TestClient client) {
    return broker.sessions().find(client.key()).orElseThrow();
  }

  private int waiting(TestClient client) {
    return session(client).outbox().size();
  }

  private static byte[] bytes(String text) {
    return TestClient.message("t", text, 0, false).payload();
  }
}
