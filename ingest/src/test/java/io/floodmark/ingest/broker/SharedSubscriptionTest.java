package io.floodmark.ingest.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Groups that share a subscription (§4.8.2). */
final class SharedSubscriptionTest {
  private static final String SHARED = "$share/g/a";

  private final SetClock clock = new SetClock();
  private final BrokerCounters counters = new BrokerCounters();
  private final Broker broker = Broker.inMemory(BrokerLimits.DEFAULT, Access.ALL, clock, counters);
  private final TestClient writer = new TestClient(broker, "w").connect(TestClient.clean());
  private final TestClient one = new TestClient(broker, "one");
  private final TestClient two = new TestClient(broker, "two");

  @Test
  void eachMessageGoesToOneInTurn() {
    one.connect(TestClient.clean()).subscribe(SHARED, 1);
    two.connect(TestClient.clean()).subscribe(SHARED, 1);
    publish(4, 1);
    assertEquals(List.of("m0", "m2"), one.texts());
    assertEquals(List.of("m1", "m3"), two.texts());
  }

  @Test
  void everyGroupGetsItsOwnAndSoDoesWhoSubscribesAlone() {
    one.connect(TestClient.clean()).subscribe(SHARED, 1).subscribe("$share/h/a", 1);
    one.subscribe("a", 1);
    publish(1, 1);
    assertEquals(3, one.texts().size());
  }

  @Test
  void aGroupIsItsAccountsOwn() {
    TestClient mine = new TestClient(broker, "reader:1", "c").connect(TestClient.clean());
    TestClient another = new TestClient(broker, "reader:2", "c").connect(TestClient.clean());
    mine.subscribe(SHARED, 1);
    another.subscribe(SHARED, 1);
    publish(2, 1);
    assertEquals(List.of("m0", "m1"), mine.texts());
    assertEquals(List.of("m0", "m1"), another.texts());
    another.connection().unsubscribe(List.of(TopicFilter.of(SHARED)), were -> {});
    publish(1, 1);
    assertEquals(List.of("m0"), mine.texts());
    assertEquals(List.of(), another.texts());
  }

  @Test
  void whoIsConnectedComesFirst() {
    one.connect(TestClient.durable()).subscribe(SHARED, 1);
    two.connect(TestClient.durable()).subscribe(SHARED, 1);
    one.disconnect();
    publish(2, 1);
    assertEquals(List.of("m0", "m1"), two.texts());
    assertEquals(List.of(), one.connect(TestClient.durable()).texts());
  }

  @Test
  void whileNobodyIsConnectedItWaitsForSomebodyInTurn() {
    one.connect(TestClient.durable()).subscribe(SHARED, 1);
    two.connect(TestClient.durable()).subscribe(SHARED, 1);
    one.disconnect();
    two.disconnect();
    publish(3, 1);
    publish(1, 0);
    assertEquals(List.of("m0", "m2"), one.connect(TestClient.durable()).texts());
    assertEquals(List.of("m1"), two.connect(TestClient.durable()).texts());
  }

  @Test
  void whatWasNotSentGoesToAnotherWhenItsMemberIsLost() {
    one.connect(TestClient.durable()).subscribe(SHARED, 1);
    two.connect(TestClient.durable()).subscribe(SHARED, 1);
    publish(2, 1);
    one.lose();
    assertEquals(List.of("m1", "m0"), two.texts());
    assertEquals(List.of(), one.connect(TestClient.durable()).texts());
  }

  @Test
  void ofWhatWasSentQos1GoesToAnotherAtTheSessionsEndAndQos2Never() {
    one.connect(TestClient.durable()).subscribe(SHARED, 2);
    two.connect(TestClient.clean()).subscribe("$share/g/b", 2);
    publish(1, 1);
    publish(1, 2);
    one.packets();
    two.subscribe(SHARED, 2);
    one.lose();
    assertEquals(List.of(), two.packets(), "its session may come back to it");
    clock.goOn(4_000);
    broker.tick();
    assertEquals(List.of("m0 q1 #1"), two.packets());
  }

  @Test
  void withTheLastMemberTheMessagesGo() {
    one.connect(TestClient.clean()).subscribe(SHARED, 1);
    publish(1, 1);
    one.lose();
    two.connect(TestClient.clean()).subscribe(SHARED, 1);
    assertEquals(List.of(), two.texts());
    assertEquals(List.of(PublishOutcome.ROUTED), writer.publish("a", "x", 1));
    two.connection().unsubscribe(List.of(TopicFilter.of(SHARED)), were -> {});
    assertEquals(List.of(PublishOutcome.NO_MATCHING_SUBSCRIBERS), writer.publish("a", "x", 1));
  }

  @Test
  void eachMemberHasItsOwnQosAndIdentifier() {
    one.connect(TestClient.clean()).subscribe(SHARED, 0, 5);
    two.connect(TestClient.clean()).subscribe(SHARED, 2, 6);
    publish(2, 1);
    assertEquals(List.of("m0 q0 [5]"), one.packets());
    assertEquals(List.of("m1 q1 #1 [6]"), two.packets());
  }

  @Test
  void theServersStatesAreSharedToo() {
    one.connect(TestClient.clean()).subscribe("$share/g/levels/+", 1);
    two.connect(TestClient.clean()).subscribe("$share/g/levels/+", 1);
    for (String text : List.of("1", "2", "3")) {
      broker.publishState("levels/a", TestClient.message("t", text, 0, false).payload());
    }
    assertEquals(List.of("1", "3"), one.texts());
    assertEquals(List.of("2"), two.texts());
  }

  private void publish(int messages, int qos) {
    IntStream.range(0, messages).forEach(i -> writer.publish("a", "m" + i, qos));
  }
}
