package io.floodmark.ingest.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.ingest.broker.Subscription.RetainHandling;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Who is sent what (§3.3.4, §3.8, §4.7). */
final class RoutingTest {
  private final SetClock clock = new SetClock();
  private final Broker broker =
      Broker.inMemory(BrokerLimits.DEFAULT, Access.ALL, clock, new BrokerCounters());
  private final TestClient reader = client("reader");
  private final TestClient writer = client("writer");

  @Test
  void aMessageComesWithTheLowerQos() {
    reader.subscribe("a", 1);
    writer.publish("a", "none", 0);
    writer.publish("a", "once", 1);
    writer.publish("a", "exactly", 2);
    assertEquals(List.of("none q0", "once q1 #1", "exactly q1 #2"), reader.packets());
  }

  @Test
  void aMessageThatSeveralFiltersMatchComesOnceWithTheHighestQosAndAllIdentifiers() {
    reader.subscribe("a/#", 0, 7).subscribe("a/b", 2, 8).subscribe("+/b", 1);
    writer.publish("a/b", "x", 2);
    assertEquals(1, reader.poll().stream().filter(this::isOfQos2WithBoth).count());
    writer.publish("a/c", "y", 2);
    assertEquals(List.of("y q0 [7]"), reader.packets());
  }

  private boolean isOfQos2WithBoth(Outgoing packet) {
    return packet instanceof Outgoing.Publish publish
        && publish.qos() == 2
        && publish.subscriptionIds().size() == 2
        && publish.subscriptionIds().containsAll(List.of(7, 8));
  }

  @Test
  void nobodyIsToldByTheOutcome() {
    assertEquals(List.of(PublishOutcome.NO_MATCHING_SUBSCRIBERS), writer.publish("a", "x", 1));
    reader.subscribe("a", 1);
    assertEquals(List.of(PublishOutcome.ROUTED), writer.publish("a", "x", 1));
  }

  @Test
  void wildcardsAtTheBeginningDoNotMatchTheServersTopics() {
    reader.subscribe("#", 0).subscribe("+/uptime", 0);
    writer.publish("$SYS/uptime", "x", 0);
    assertEquals(List.of(), reader.packets());
    reader.subscribe("$SYS/#", 0);
    writer.publish("$SYS/uptime", "x", 0);
    assertEquals(List.of("x q0"), reader.packets());
  }

  @Test
  void whatAClientPublishesComesBackUnlessItSaysNoLocal() {
    writer.subscribe("a", 0);
    reader.subscribe(options("a", true, false, RetainHandling.SEND_AT_SUBSCRIBE));
    writer.publish("a", "mine", 0);
    reader.publish("a", "yours", 0);
    assertEquals(List.of("mine q0", "yours q0"), writer.packets());
    assertEquals(List.of("mine q0"), reader.packets());
  }

  @Test
  void noLocalHoldsForItsOwnFilterOnly() {
    reader.subscribe(options("a", true, false, RetainHandling.SEND_AT_SUBSCRIBE));
    reader.subscribe("+", 0, 5);
    reader.publish("a", "mine", 0);
    assertEquals(List.of("mine q0 [5]"), reader.packets());
  }

  @Test
  void theRetainFlagIsTakenAwayUnlessItIsToStayAsPublished() {
    reader.subscribe("a", 0);
    writer.subscribe(options("a", false, true, RetainHandling.SEND_AT_SUBSCRIBE));
    writer.retain("a", "kept", 0);
    writer.publish("a", "passing", 0);
    assertEquals(List.of("kept q0", "passing q0"), reader.packets());
    assertEquals(List.of("kept q0 retain", "passing q0"), writer.packets());
  }

  @Test
  void theSameFilterAgainReplacesTheSubscription() {
    reader.subscribe("a", 2, 3).subscribe("a", 0, 4);
    writer.publish("a", "x", 2);
    assertEquals(List.of("x q0 [4]"), reader.packets());
  }

  @Test
  void afterUnsubscribingNothingMoreComesAndWhatWaitsStillDoes() {
    reader.subscribe("a", 1).subscribe("b", 1);
    writer.publish("a", "before", 1);
    List<List<Boolean>> were = new ArrayList<>();
    reader
        .connection()
        .unsubscribe(List.of(TopicFilter.of("a"), TopicFilter.of("never")), were::add);
    writer.publish("a", "after", 1);
    writer.publish("b", "other", 1);
    assertEquals(List.of(List.of(true, false)), were);
    assertEquals(List.of("before", "other"), reader.texts());
  }

  @Test
  void moreSubscriptionsThanThereMayBeAreRefused() {
    Broker narrow =
        Broker.inMemory(
            new BrokerLimits(2, 1, 10, 10, 10, 10, 10, 10, 10),
            Access.ALL,
            clock,
            new BrokerCounters());
    TestClient eager = new TestClient(narrow, "eager").connect(TestClient.clean());
    List<List<SubscribeOutcome>> outcomes = new ArrayList<>();
    eager
        .connection()
        .subscribe(
            List.of(
                Subscription.of(TopicFilter.of("a"), 0),
                Subscription.of(TopicFilter.of("b"), 0),
                Subscription.of(TopicFilter.of("c"), 0),
                Subscription.of(TopicFilter.of("a"), 1)),
            outcomes::add);
    assertEquals(
        List.of(
            List.of(
                SubscribeOutcome.GRANTED,
                SubscribeOutcome.GRANTED,
                SubscribeOutcome.QUOTA_EXCEEDED,
                SubscribeOutcome.GRANTED)),
        outcomes);
  }

  @Test
  void aWildcardBringsOnlyWhatItsOwnerMaySee() {
    Broker guarded =
        Broker.inMemory(
            BrokerLimits.DEFAULT,
            (client, topic) -> client.account().equals("staff") || !topic.startsWith("secret/"),
            clock,
            new BrokerCounters());
    TestClient staff = new TestClient(guarded, "staff", "s").connect(TestClient.clean());
    TestClient guest = new TestClient(guarded, "guest", "g").connect(TestClient.clean());
    staff.retain("secret/old", "old", 0);
    staff.subscribe("#", 0);
    guest.subscribe("#", 0).subscribe("$share/x/#", 0);
    staff.publish("secret/new", "new", 0);
    staff.publish("open", "open", 0);
    assertEquals(List.of("old q0 retain", "new q0", "open q0"), staff.packets());
    assertEquals(List.of("open q0", "open q0"), guest.packets());
  }

  @Test
  void whatPassesThroughIsUnaltered() {
    reader.subscribe("a", 0);
    byte[] properties = {1, 1};
    Message said =
        new Message("a", new byte[] {7}, 0, false, java.util.Optional.empty(), properties);
    writer.publish(said);
    Outgoing.Publish got = (Outgoing.Publish) reader.poll().get(0);
    assertEquals(said, got.message());
  }

  @Test
  void aSubscriberIsWokenWhenThereIsSomethingAndNotOtherwise() {
    reader.subscribe("a", 0);
    writer.publish("b", "x", 0);
    assertEquals(0, reader.wakes());
    writer.publish("a", "x", 0);
    assertEquals(1, reader.wakes());
  }

  private TestClient client(String name) {
    return new TestClient(broker, name).connect(TestClient.clean());
  }

  static Subscription options(
      String filter, boolean noLocal, boolean retainAsPublished, RetainHandling handling) {
    return new Subscription(
        TopicFilter.of(filter), 2, noLocal, retainAsPublished, handling, OptionalInt.empty());
  }
}
