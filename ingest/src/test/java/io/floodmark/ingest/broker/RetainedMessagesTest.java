package io.floodmark.ingest.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.ingest.broker.Subscription.RetainHandling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is retained (§3.3.1.3), of clients and of the server itself. */
final class RetainedMessagesTest {
  private static final BrokerLimits NARROW =
      new BrokerLimits(10, 10, 10, 100, 1_000, 10, 2, 10, 1_000);

  private final SetClock clock = new SetClock();
  private final BrokerCounters counters = new BrokerCounters();
  private final Broker broker = Broker.inMemory(BrokerLimits.DEFAULT, Access.ALL, clock, counters);
  private final TestClient writer = client("writer");
  private final TestClient reader = client("reader");

  @Test
  void aNewSubscriberGetsTheNewest() {
    writer.retain("a/b", "old", 1);
    writer.retain("a/b", "new", 1);
    writer.publish("a/b", "passing", 1);
    reader.subscribe("a/+", 2, 9);
    assertEquals(List.of("new q1 #1 retain [9]"), reader.packets());
  }

  @Test
  void anEmptyPayloadClearsTheTopicAndIsSentLikeAny() {
    reader.subscribe("a", 0);
    writer.retain("a", "x", 0);
    writer.retain("a", "", 0);
    assertEquals(List.of("x q0", " q0"), reader.packets());
    assertEquals(List.of(), client("late").subscribe("a", 0).packets());
  }

  @Test
  void theSubscriberSaysWhenItWantsThem() {
    writer.retain("a", "x", 0);
    reader.subscribe(RoutingTest.options("a", false, false, RetainHandling.DO_NOT_SEND));
    assertEquals(List.of(), reader.packets());
    reader.subscribe(RoutingTest.options("a", false, false, RetainHandling.SEND_IF_NEW));
    assertEquals(List.of(), reader.packets(), "the subscription was there");
    reader.subscribe(RoutingTest.options("a", false, false, RetainHandling.SEND_AT_SUBSCRIBE));
    assertEquals(List.of("x q0 retain"), reader.packets());
    TestClient other = client("other");
    other.subscribe(RoutingTest.options("a", false, false, RetainHandling.SEND_IF_NEW));
    assertEquals(List.of("x q0 retain"), other.packets());
  }

  @Test
  void aSharedSubscriptionBringsNone() {
    writer.retain("a", "x", 0);
    assertEquals(List.of(), reader.subscribe("$share/g/a", 0).packets());
  }

  @Test
  void oneThatExpiresIsGone() {
    writer.publish(retained("a", "short", 10));
    writer.publish(retained("b", "long", 20));
    clock.goOn(10);
    assertEquals(List.of("long q0 retain 10s"), reader.subscribe("#", 0).packets());
    clock.goOn(10);
    broker.tick();
    assertEquals(List.of(), client("late").subscribe("#", 0).packets());
  }

  @Test
  void aNewerOneHasItsOwnTime() {
    writer.publish(retained("a", "short", 10));
    writer.retain("a", "for ever", 0);
    clock.goOn(10);
    broker.tick();
    assertEquals(List.of("for ever q0 retain"), reader.subscribe("a", 0).packets());
  }

  @Test
  void beyondTheBoundTheyAreRefusedAndNobodyGetsThem() {
    Broker narrow = Broker.inMemory(NARROW, Access.ALL, clock, counters);
    TestClient one = new TestClient(narrow, "one").connect(TestClient.clean());
    assertEquals(List.of(PublishOutcome.NO_MATCHING_SUBSCRIBERS), one.retain("a", "1", 1));
    one.retain("b", "2", 1);
    one.subscribe("#", 0);
    one.packets();
    assertEquals(List.of(PublishOutcome.QUOTA_EXCEEDED), one.retain("c", "3", 1));
    assertEquals(List.of(), one.packets());
    assertEquals(1, counters.dropped(BrokerCounters.Drop.RETAINED_FULL));
    // Those that are there may change, and make room.
    assertEquals(List.of(PublishOutcome.ROUTED), one.retain("a", "4", 1));
    one.retain("b", "", 1);
    assertEquals(List.of(PublishOutcome.ROUTED), one.retain("c", "3", 1));
    assertEquals(List.of(PublishOutcome.QUOTA_EXCEEDED), one.retain("c", "more than ten", 1));
  }

  @Test
  void whoeverCannotBeToldOfTheBoundIsSentAllTheSame() {
    Broker narrow = Broker.inMemory(NARROW, Access.ALL, clock, counters);
    TestClient one = new TestClient(narrow, "one").connect(TestClient.clean()).subscribe("#", 0);
    one.retain("a", "1", 0);
    one.retain("b", "2", 0);
    one.retain("c", "3", 0);
    assertEquals(List.of("1 q0", "2 q0", "3 q0"), one.packets());
    assertEquals(1, counters.dropped(BrokerCounters.Drop.RETAINED_FULL));
  }

  @Test
  void manyStatesAreReplacedAsFewAre() {
    Map<String, byte[]> old = new HashMap<>();
    Map<String, byte[]> fresh = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      old.put("levels/old" + i, bytes("1"));
      fresh.put("levels/new" + i, bytes("1"));
    }
    broker.replaceStates(old);
    broker.replaceStates(fresh);
    reader.subscribe("levels/#", 0);
    assertEquals(fresh.keySet(), Set.copyOf(topics(reader.poll())));
  }

  @Test
  void theServersOwnAreNotBounded() {
    Broker narrow = Broker.inMemory(NARROW, Access.ALL, clock, counters);
    narrow.replaceStates(Map.of("levels/a", bytes("1"), "levels/b", bytes("2")));
    narrow.publishState("levels/c", bytes("a longer one"));
    TestClient one = new TestClient(narrow, "one").connect(TestClient.clean());
    assertEquals(List.of(PublishOutcome.NO_MATCHING_SUBSCRIBERS), one.retain("a", "1", 1));
    assertEquals(
        List.of("1 q0 retain", "2 q0 retain", "a longer one q0 retain"),
        one.subscribe("levels/#", 0).packets());
  }

  @Test
  void aStateIsToldOnceAndOnlyTheNewestWaits() {
    reader.subscribe("levels/+", 1);
    broker.publishState("levels/a", bytes("1"));
    broker.publishState("levels/b", bytes("1"));
    broker.publishState("levels/a", bytes("1"));
    broker.publishState("levels/a", bytes("2"));
    broker.publishState("levels/a", bytes("3"));
    assertEquals(List.of("3", "1"), reader.texts());
    assertEquals(2, counters.dropped(BrokerCounters.Drop.SUPERSEDED));
    broker.publishState("levels/a", bytes("3"));
    assertEquals(List.of(), reader.texts());
  }

  @Test
  void aStateThatIsGoneIsNotShownToNewSubscribers() {
    broker.replaceStates(Map.of("levels/a", bytes("1"), "levels/b", bytes("1")));
    broker.replaceStates(Map.of("levels/b", bytes("1"), "levels/c", bytes("1")));
    broker.clearState("levels/c");
    broker.clearState("levels/never");
    reader.subscribe("levels/#", 0);
    assertEquals(List.of("levels/b"), topics(reader.poll()));
  }

  @Test
  void whoeverIsAwayGetsTheNewestState() {
    TestClient dashboard = new TestClient(broker, "dashboard").connect(TestClient.durable());
    dashboard.subscribe("levels/#", 1);
    dashboard.disconnect();
    for (int i = 0; i < 5_000; i++) {
      broker.publishState("levels/" + i % 10, bytes(Integer.toString(i)));
    }
    assertEquals(
        List.of("4990", "4991", "4992", "4993", "4994", "4995", "4996", "4997", "4998", "4999"),
        dashboard.connect(TestClient.durable()).texts());
  }

  @Test
  void twoFiltersThatBringTheSameBringItOnceWithBothIdentifiers() {
    writer.retain("a", "x", 2);
    reader.subscribe("a", 0, 1).subscribe("+", 1, 2);
    assertEquals(List.of("x q1 #1 retain [1, 2]"), reader.packets());
  }

  @Test
  void aTopicThatWaitsAsRetainedIsNotDoubledByItsNextMessage() {
    writer.retain("a", "x", 1);
    reader.subscribe("a", 1);
    writer.retain("a", "y", 1);
    assertEquals(List.of("x", "y"), reader.texts());
  }

  private TestClient client(String name) {
    return new TestClient(broker, name).connect(TestClient.clean());
  }

  private Message retained(String topic, String text, long seconds) {
    Message message = TestClient.message(topic, text, 0, true);
    return new Message(
        topic,
        message.payload(),
        0,
        true,
        Optional.of(clock.instant().plusSeconds(seconds)),
        message.properties());
  }

  private static List<String> topics(List<Outgoing> packets) {
    return packets.stream().map(packet -> ((Outgoing.Publish) packet).message().topic()).toList();
  }

  private static byte[] bytes(String text) {
    return TestClient.message("t", text, 0, false).payload();
  }
}
