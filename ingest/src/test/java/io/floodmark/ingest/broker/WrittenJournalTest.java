package io.floodmark.ingest.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What waits for a commit and what does not, and what is there after a restart. */
final class WrittenJournalTest {
  private static final BrokerLimits LIMITS =
      new BrokerLimits(10, 10, ConnectRequest.NEVER, 100, 100_000, 4, 10, 1_000, 5_000);

  private final SetClock clock = new SetClock();
  private final PaperTables tables = new PaperTables(clock, LIMITS);
  private final TestClient writer = client("writer").connect(TestClient.clean());
  private final List<Object> receipts = new ArrayList<>();

  @Test
  void nothingIsWrittenWhereNothingHasToOutliveUs() {
    TestClient reader = client("reader").connect(TestClient.clean()).subscribe("#", 2);
    assertEquals(List.of(PublishOutcome.ROUTED), writer.publish("a", "x", 1));
    assertEquals(List.of(PublishOutcome.ROUTED), writer.publish("a", "y", 2));
    assertEquals(List.of("x", "y"), reader.texts());
    tables.broker().publishState("levels/a", new byte[] {'5'});
    reader.disconnect();
    assertTrue(tables.isIdle());
    assertEquals(0, tables.wakes());
  }

  @Test
  void anAcknowledgementWaitsForTheCommitOfWhatADurableSessionIsOwed() {
    TestClient reader = client("reader").connect(TestClient.durable()).subscribe("a", 1);
    tables.commit();
    List<PublishOutcome> outcomes = writer.publish("a", "x", 1);
    assertEquals(List.of(), outcomes);
    assertEquals(List.of(), reader.packets(), "nor is it sent before");
    int wakes = reader.wakes();
    tables.commit();
    assertEquals(List.of(PublishOutcome.ROUTED), outcomes);
    assertTrue(reader.wakes() > wakes);
    assertEquals(List.of("x q1 #1"), reader.packets());
  }

  @Test
  void whatIsTakenWhileABatchIsWrittenWaitsForTheNext() {
    client("reader").connect(TestClient.durable()).subscribe("a", 1);
    tables.commit();
    List<PublishOutcome> first = writer.publish("a", "1", 1);
    Changes batch = tables.begin().orElseThrow();
    List<PublishOutcome> second = writer.publish("a", "2", 1);
    tables.apply(batch);
    tables.finish();
    assertEquals(1, first.size());
    assertEquals(0, second.size());
    tables.commit();
    assertEquals(1, second.size());
  }

  @Test
  void aSubscriptionOfADurableSessionIsSafeBeforeItIsConfirmed() {
    TestClient reader = client("reader").connect(TestClient.durable());
    reader
        .connection()
        .subscribe(List.of(Subscription.of(TopicFilter.of("a"), 1)), receipts::addAll);
    assertEquals(List.of(), receipts);
    tables.commit();
    assertEquals(List.of(SubscribeOutcome.GRANTED), receipts);
    reader.connection().unsubscribe(List.of(TopicFilter.of("a")), receipts::addAll);
    assertEquals(1, receipts.size());
    tables.commit();
    assertEquals(List.of(SubscribeOutcome.GRANTED, true), receipts);
  }

  @Test
  void aRetainedMessageIsSafeBeforeItIsAcknowledged() {
    List<PublishOutcome> outcomes = writer.retain("a", "x", 1);
    assertEquals(List.of(), outcomes);
    tables.commit();
    assertEquals(1, outcomes.size());
    tables.start();
    assertEquals(
        List.of("x q0 retain"),
        client("late").connect(TestClient.clean()).subscribe("a", 0).packets());
  }

  @Test
  void aPubrelWaitsForTheCommitOfItsPubrec() {
    TestClient reader = client("reader").connect(TestClient.durable()).subscribe("a", 2);
    writer.publish("a", "x", 2);
    tables.commit();
    reader.packets();
    assertTrue(reader.connection().received(1, true));
    assertEquals(List.of(), reader.packets());
    // Without a PUBREL the client says PUBREC again after it is back.
    reader.lose();
    reader.connect(TestClient.durable());
    assertEquals(List.of(), reader.packets(), "it may not be sent again either");
    tables.commit();
    assertEquals(List.of("release #1"), reader.packets());
  }

  @Test
  void aPubcompWaitsForTheCommitOfItsPubrel() {
    TestClient sender = client("sender").connect(TestClient.durable());
    sender.connection().publishExactlyOnce(3, message("x"), receipts::add);
    assertEquals(0, receipts.size());
    tables.commit();
    assertEquals(1, receipts.size());
    sender.connection().release(3, receipts::add);
    sender.connection().release(3, receipts::add);
    assertEquals(1, receipts.size());
    tables.commit();
    assertEquals(List.of(PublishOutcome.NO_MATCHING_SUBSCRIBERS, true, false), receipts);
  }

  @Test
  void whoHasNoDurableSessionWaitsOnlyForWhatItTouches() {
    client("reader").connect(TestClient.durable());
    assertFalse(tables.isIdle());
    assertEquals(1, writer.publish("a", "x", 1).size());
    assertEquals(1, writer.publish("a", "x", 2).size());
    writer.connection().release(9, receipts::add);
    assertEquals(List.of(false), receipts);
  }

  @Test
  void theSameMessageAgainWaitsForTheFirst() {
    client("reader").connect(TestClient.durable()).subscribe("a", 1);
    writer.connection().publishExactlyOnce(3, message("x"), receipts::add);
    writer.connection().publishExactlyOnce(3, message("x"), receipts::add);
    assertEquals(0, receipts.size());
    tables.commit();
    assertEquals(2, receipts.size());
  }

  @Test
  void sessionsSubscriptionsMessagesAndPacketIdsOutliveAProcess() {
    TestClient reader = client("reader").connect(TestClient.durable()).subscribe("a", 2, 7);
    TestClient sender = client("sender").connect(TestClient.durable());
    for (String text : List.of("acknowledged", "received", "sent", "waiting")) {
      writer.publish("a", text, 2);
    }
    tables.commit();
    reader.connection().poll();
    reader.connection().received(1, true);
    tables.commit();
    reader.connection().poll();
    reader.connection().completed(1);
    reader.connection().poll();
    reader.connection().received(2, true);
    reader.connection().poll();
    sender.connection().publishExactlyOnce(9, message("once"), receipts::add);
    tables.commit();

    restart(reader, sender);
    assertTrue(reader.connect(TestClient.durable()).sessionPresent());
    assertEquals(
        List.of("release #2", "sent q2 #3 dup [7]", "waiting q2 #4 dup [7]", "once q2 #5 dup [7]"),
        reader.packets());
    sender.connect(TestClient.durable());
    sender.connection().publishExactlyOnce(9, message("once"), receipts::add);
    tables.commit();
    assertEquals(List.of(), reader.packets(), "it was taken in before");
    assertEquals(2, receipts.size());
  }

  @Test
  void whatWasNotCommittedIsNotThereAndNobodyWasToldThatItIs() {
    TestClient reader = client("reader").connect(TestClient.durable()).subscribe("a", 1);
    tables.commit();
    List<PublishOutcome> outcomes = writer.publish("a", "x", 1);
    tables.begin();
    restart(reader);
    assertEquals(List.of(), reader.connect(TestClient.durable()).packets());
    assertEquals(List.of(), outcomes);
  }

  @Test
  void aSessionOfTheProcessThatDiedEndsInItsTime() {
    TestClient reader = client("reader").connect(TestClient.durable().expiry(60));
    TestClient left = client("left").connect(TestClient.durable().expiry(60));
    left.disconnect();
    tables.commit();
    clock.goOn(59);
    restart(reader, left);
    clock.goOn(1);
    tables.broker().tick();
    assertFalse(left.connect(TestClient.durable()).sessionPresent());
    // Whoever was connected has left with the process.
    assertTrue(reader.connect(TestClient.durable()).sessionPresent());
  }

  @Test
  void endedSessionsAndWhatIsNoMoreAreNotThereAgain() {
    TestClient ended = client("ended").connect(TestClient.durable()).subscribe("a", 1);
    TestClient shortened = client("shortened").connect(TestClient.durable()).subscribe("a", 1);
    TestClient reader = client("reader").connect(TestClient.durable()).subscribe("b", 1);
    writer.retain("r", "x", 0);
    writer.publish("a", "x", 1);
    tables.commit();
    ended.connect(TestClient.clean());
    shortened.connect(TestClient.durable().expiry(0));
    reader.connection().unsubscribe(List.of(TopicFilter.of("b")), were -> {});
    writer.retain("r", "", 0);
    tables.commit();
    restart(ended, shortened, reader);
    assertFalse(ended.connect(TestClient.durable()).sessionPresent());
    assertFalse(shortened.connect(TestClient.durable()).sessionPresent());
    assertEquals(List.of(), reader.connect(TestClient.durable()).subscribe("r", 0).packets());
    assertEquals(
        List.of(PublishOutcome.NO_MATCHING_SUBSCRIBERS),
        client("w").connect(TestClient.clean()).publish("b", "x", 1));
  }

  @Test
  void aGroupsMessageStillFindsAnotherMemberAfterARestart() {
    TestClient one = client("one").connect(TestClient.durable().expiry(60));
    one.subscribe("$share/g/a", 1).disconnect();
    writer.publish("a", "x", 1);
    tables.commit();
    restart(one);
    TestClient two = client("two").connect(TestClient.durable()).subscribe("$share/g/a", 1);
    clock.goOn(60);
    tables.broker().tick();
    tables.commit();
    assertEquals(List.of("x"), two.texts());
  }

  @Test
  void whileNothingIsWrittenItFillsUpAndTellsWhenThereIsRoom() {
    client("reader").connect(TestClient.durable()).subscribe("a", 1);
    tables.commit();
    writer.publish("a", "x".repeat(4_000), 1);
    assertFalse(tables.broker().isFull());
    tables.broker().whenRoom("one", () -> receipts.add("room"));
    assertEquals(List.of("room"), receipts);
    writer.publish("a", "x".repeat(1_000), 1);
    assertTrue(tables.broker().isFull());
    tables.broker().whenRoom("one", () -> receipts.add("room again"));
    assertEquals(List.of("room"), receipts);
    tables.commit();
    assertFalse(tables.broker().isFull());
    assertEquals(List.of("room", "room again"), receipts);
  }

  @Test
  void whoeverIsGoneDoesNotWaitForRoom() {
    client("reader").connect(TestClient.durable()).subscribe("a", 1);
    tables.commit();
    writer.publish("a", "x".repeat(5_000), 1);
    tables.broker().whenRoom("gone", () -> receipts.add("gone"));
    tables.broker().whenRoom("here", () -> receipts.add("once"));
    tables.broker().whenRoom("here", () -> receipts.add("here"));
    tables.broker().forget("gone");
    tables.commit();
    assertEquals(List.of("here"), receipts);
  }

  @Test
  void ofWhatChangesOftenOnlyTheLastIsWritten() {
    TestClient reader = client("reader");
    for (int i = 0; i < 100; i++) {
      reader.connect(TestClient.durable()).subscribe("a", 1).disconnect();
      writer.retain("r", "x", 0);
    }
    Changes batch = tables.begin().orElseThrow();
    assertEquals(3, batch.count());
    assertEquals(Optional.of(clock.instant()), batch.sessions.values().iterator().next().leftAt());
  }

  @Test
  void aStateIsSentToADurableSessionWithoutAnyCommit() {
    TestClient reader = client("reader").connect(TestClient.durable()).subscribe("levels/#", 1);
    tables.commit();
    tables.broker().publishState("levels/a", new byte[] {'5'});
    assertEquals(List.of("5"), reader.texts());
    assertTrue(tables.isIdle());
  }

  @Test
  void aStateIsToldToAnOldSessionWhetherItIsThereFirstOrTheState() {
    for (boolean stateFirst : new boolean[] {true, false}) {
      TestClient reader = client("reader").connect(TestClient.durable()).subscribe("levels/#", 1);
      reader.subscribe("levels/a", 1, 7);
      client("passing").connect(TestClient.durable()).subscribe("levels/#", 0);
      tables.commit();
      Consumer<Broker> tell = broker -> broker.replaceStates(Map.of("levels/a", new byte[] {'5'}));
      tables.start(stateFirst ? tell : broker -> {});
      if (!stateFirst) {
        tell.accept(tables.broker());
      }
      // Told again when the doorbell is heard again, it is nothing new.
      tell.accept(tables.broker());

      assertEquals(
          List.of("5"), client("reader").connect(TestClient.durable()).texts(), "" + stateFirst);
      assertEquals(List.of(), client("passing").connect(TestClient.durable()).texts());
    }
  }

  @Test
  void aStateThatWasOnItsWayIsToldAgain() {
    TestClient reader = client("reader").connect(TestClient.durable()).subscribe("levels/#", 1);
    tables.commit();
    tables.broker().publishState("levels/a", new byte[] {'5'});
    assertEquals(1, reader.poll().size());
    tables.start(broker -> broker.publishState("levels/a", new byte[] {'5'}));

    assertEquals(List.of("5"), client("reader").connect(TestClient.durable()).texts());
  }

  private void restart(TestClient... clients) {
    Broker broker = tables.start();
    for (TestClient client : clients) {
      client.moveTo(broker);
    }
  }

  private TestClient client(String name) {
    return new TestClient(tables.broker(), name);
  }

  private static Message message(String text) {
    return TestClient.message("a", text, 2, false);
  }
}
