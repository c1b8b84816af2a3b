package io.floodmark.e2e.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase.Engine;
import io.floodmark.ingest.broker.Access;
import io.floodmark.ingest.broker.BrokerCounters;
import io.floodmark.ingest.broker.BrokerLimits;
import io.floodmark.ingest.broker.ClientKey;
import io.floodmark.ingest.broker.ConnectRequest;
import io.floodmark.ingest.broker.ConnectResult;
import io.floodmark.ingest.broker.DurableBroker;
import io.floodmark.ingest.broker.DurableBroker.Progress;
import io.floodmark.ingest.broker.Message;
import io.floodmark.ingest.broker.Outgoing;
import io.floodmark.ingest.broker.Outlet;
import io.floodmark.ingest.broker.Subscription;
import io.floodmark.ingest.broker.Subscription.RetainHandling;
import io.floodmark.ingest.broker.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the broker has in the tables, and what of it is there after a restart. */
@ParameterizedClass
@EnumSource(Engine.class)
final class BrokerOnTablesTest extends CommitLineOnEachEngine {
  private static final byte[] PROPERTIES = {1, 1, 38, 0, 1, 'a', 0, 1, 'b'};

  private final List<DurableBroker> brokers = new ArrayList<>();
  private final List<Object> receipts = new ArrayList<>();
  private final List<Outlet.Ending> endings = new ArrayList<>();
  private DurableBroker broker;

  @BeforeEach
  void start() throws Exception {
    select("TRUNCATE mqtt_session, mqtt_retained CASCADE");
    broker = process();
  }

  @AfterEach
  void stop() {
    brokers.forEach(DurableBroker::abort);
  }

  @Test
  void allThatIsOwedIsOwedAfterARestart() throws Exception {
    ConnectResult reader = connect("reader", false);
    reader
        .connection()
        .subscribe(
            List.of(
                new Subscription(
                    TopicFilter.of("đường/+"),
                    2,
                    true,
                    true,
                    RetainHandling.DO_NOT_SEND,
                    OptionalInt.of(268_435_455)),
                Subscription.of(TopicFilter.of("$share/g/shared"), 1)),
            receipts::add);
    ConnectResult writer = connect("writer", false);
    for (String text : List.of("done", "received", "sent", "waits")) {
      writer.connection().publish(message("đường/a", text, 1), receipts::add);
      writer.connection().publishExactlyOnce(7, message("đường/b", text, 2), receipts::add);
      writer.connection().release(7, receipts::add);
    }
    writer.connection().publishExactlyOnce(9, message("shared", "grouped", 2), receipts::add);
    writer.connection().publish(retained("kept", "r"), receipts::add);
    writer.connection().publish(retained("cleared", "r"), receipts::add);
    writer.connection().publish(retained("cleared", ""), receipts::add);
    assertEquals(List.of(), receipts, "before they are written");
    write(broker);
    assertEquals(17, receipts.size());

    // Of the first two nothing is left, the third is received, the fourth sent.
    acknowledge(reader, 1);
    receive(reader, 2);
    complete(reader, 2);
    acknowledge(reader, 3);
    receive(reader, 4);
    poll(reader);
    write(broker);

    broker = process();
    ConnectResult back = connect("reader", false);
    assertTrue(back.sessionPresent());
    assertEquals(
        List.of(
            "release #4",
            "sent q1 #5 retain=false dup [268435455] 90s",
            "sent q2 #6 retain=false dup [268435455] 90s",
            "waits q1 #7 retain=false dup [268435455] 90s",
            "waits q2 #8 retain=false dup [268435455] 90s",
            "grouped q1 #9 retain=false dup [] 90s"),
        poll(back));
    ConnectResult again = connect("writer", false);
    again.connection().publishExactlyOnce(9, message("shared", "grouped", 2), receipts::add);
    again.connection().publish(message("đường/c", "new", 1), receipts::add);
    write(broker);
    assertEquals(List.of("new q1 #1 retain=false [268435455] 90s"), poll(back));
    ConnectResult late = connect("late", true);
    late.connection().subscribe(List.of(Subscription.of(TopicFilter.of("#"), 0)), receipts::add);
    assertEquals(List.of("r q0 retain=true []"), poll(late));
  }

  @Test
  void aRowThatNothingCanBeMadeOfKeepsNobodyFromSigningIn() throws Exception {
    ConnectResult reader = connect("reader", false);
    reader.connection().subscribe(List.of(Subscription.of(TopicFilter.of("a"), 1)), receipts::add);
    broker.broker().publish(new ClientKey("", "w"), message("a", "x", 1), receipts::add);
    broker.broker().publish(new ClientKey("", "w"), message("a", "y", 1), receipts::add);
    write(broker);
    select(
        """
        WITH s AS (SELECT id FROM mqtt_session),
          f AS (INSERT INTO mqtt_subscription
            SELECT id, 'no/#/filter', 1, false, false, 0, null FROM s),
          r AS (INSERT INTO mqtt_retained VALUES ('no/+/topic', '', '', 0, 'infinity')),
          q AS (UPDATE mqtt_queued SET topic = '+' WHERE payload = 'x')
        SELECT id FROM s
        """);
    broker = process();
    ConnectResult back = connect("reader", false);
    assertTrue(back.sessionPresent());
    assertEquals(List.of("y q1 #2 retain=false dup [] 90s"), poll(back));
    broker.broker().publish(new ClientKey("", "w"), message("a", "z", 0), receipts::add);
    assertEquals(List.of("z q0 retain=false [] 90s"), poll(back));
  }

  @Test
  void whatIsOverLeavesNoRows() throws Exception {
    ConnectResult reader = connect("reader", false);
    reader.connection().subscribe(List.of(Subscription.of(TopicFilter.of("a"), 2)), receipts::add);
    ConnectResult writer = connect("writer", false);
    writer.connection().publishExactlyOnce(1, message("a", "x", 2), receipts::add);
    writer.connection().publish(retained("kept", "r"), receipts::add);
    write(broker);
    assertEquals("2 1 1 1 1", rows());
    receive(reader, 1);
    complete(reader, 1);
    writer.connection().release(1, receipts::add);
    writer.connection().publish(retained("kept", ""), receipts::add);
    reader.connection().unsubscribe(List.of(TopicFilter.of("a")), receipts::add);
    write(broker);
    assertEquals("2 0 0 0 0", rows());
    connect("reader", true);
    now.set(NOON.plusSeconds(7_200));
    writer.connection().lost();
    broker.broker().tick();
    now.set(now.get().plusSeconds(7_200));
    broker.broker().tick();
    write(broker);
    assertEquals("0 0 0 0 0", rows());
  }

  @Test
  void aSessionThatAnotherProcessHasTakenIsToldSoInsteadOfAnAnswer() throws Exception {
    ConnectResult before = connect("reader", false);
    before.connection().subscribe(List.of(Subscription.of(TopicFilter.of("a"), 1)), receipts::add);
    write(broker);
    assertEquals(1, receipts.size());
    DurableBroker other = process();
    before.connection().subscribe(List.of(Subscription.of(TopicFilter.of("b"), 1)), receipts::add);
    write(broker);
    assertEquals(1, receipts.size(), "what is not written is not confirmed");
    assertEquals(List.of(Outlet.Ending.SESSION_TAKEN_OVER), endings);
    assertEquals("a", select("SELECT filter FROM mqtt_subscription"));
    // It comes back: there is no session, and it counts from now on.
    ConnectResult again = connect("reader", false);
    assertFalse(again.sessionPresent());
    again.connection().subscribe(List.of(Subscription.of(TopicFilter.of("c"), 1)), receipts::add);
    write(broker);
    assertEquals(2, receipts.size());
    assertEquals("c", select("SELECT filter FROM mqtt_subscription"));
    // The other finds out in the same way.
    ConnectResult there = connect(other, "reader", false);
    assertTrue(there.sessionPresent(), "from its memory");
    write(other);
    assertEquals(2, endings.size());
    assertFalse(connect(other, "reader", false).sessionPresent());
    assertEquals("c", select("SELECT filter FROM mqtt_subscription"));
  }

  @Test
  void ofASessionThatWasTakenNothingIsMixedUp() throws Exception {
    ConnectResult before = connect("reader", false);
    before.connection().subscribe(List.of(Subscription.of(TopicFilter.of("a"), 1)), receipts::add);
    write(broker);
    DurableBroker other = process();
    connect(other, "reader", true).connection().lost();
    ConnectResult there = connect(other, "reader", false);
    assertFalse(there.sessionPresent());
    write(other);
    there.connection().subscribe(List.of(Subscription.of(TopicFilter.of("b"), 1)), receipts::add);
    write(other);
    broker.broker().publish(new ClientKey("", "w"), message("a", "here", 1), receipts::add);
    write(broker);
    assertEquals(List.of(Outlet.Ending.SESSION_TAKEN_OVER), endings);
    before.connection().lost();
    write(broker);
    assertEquals("1 1 0 0 0", rows());
    assertEquals("b -", select("SELECT filter, left_at FROM mqtt_subscription, mqtt_session"));
  }

  @Test
  void whileTheDatabaseIsAwayReceiptsWaitAndNothingIsForgotten() throws Exception {
    ConnectResult reader = connect("reader", false);
    reader.connection().subscribe(List.of(Subscription.of(TopicFilter.of("a"), 1)), receipts::add);
    write(broker);
    broker.broker().publish(new ClientKey("", "w"), message("a", "x", 1), receipts::add);
    select(
        """
        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user
        """);
    assertEquals(Progress.KEPT, broker.doWork());
    assertEquals(1, receipts.size());
    assertEquals(List.of(), poll(reader));
    write(broker);
    assertEquals(2, receipts.size());
    assertEquals(List.of("x q1 #1 retain=false [] 90s"), poll(reader));
  }

  @Test
  void theThreadWritesWhatComes() throws Exception {
    Thread writing = new Thread(broker, "broker-test");
    writing.start();
    for (int i = 0; i < 20; i++) {
      CountDownLatch told = new CountDownLatch(1);
      broker
          .broker()
          .publish(new ClientKey("", "w"), retained("kept", "r" + i), outcome -> told.countDown());
      assertTrue(told.await(20, TimeUnit.SECONDS));
    }
    assertTrue(broker.awaitWritten(20_000));
    assertEquals("r19", select("SELECT convert_from(payload, 'UTF8') FROM mqtt_retained"));
    broker.stop();
    writing.join(TimeUnit.SECONDS.toMillis(20));
    assertFalse(writing.isAlive());
  }

  /** Another process, which has read all there is. */
  private DurableBroker process() {
    DurableBroker started =
        new DurableBroker(BrokerLimits.DEFAULT, Access.ALL, clock, new BrokerCounters(), database);
    brokers.add(started);
    assertEquals(Progress.DONE, started.doWork());
    assertTrue(started.isLoaded());
    return started;
  }

  private static void write(DurableBroker writing) {
    int kept = 0;
    for (Progress turn = writing.doWork(); turn != Progress.IDLE; turn = writing.doWork()) {
      kept += turn == Progress.KEPT ? 1 : 0;
      assertTrue(kept < 20, "kept again and again");
    }
  }

  private ConnectResult connect(String client, boolean cleanStart) {
    return connect(broker, client, cleanStart);
  }

  private ConnectResult connect(DurableBroker to, String client, boolean cleanStart) {
    return to.broker()
        .connect(
            new ConnectRequest(
                new ClientKey("sensor:1", client),
                cleanStart,
                cleanStart ? 0 : 3_600,
                65_535,
                Integer.MAX_VALUE,
                Optional.empty(),
                new Outlet() {
                  @Override
                  public void wake() {
                    // Polled by hand.
                  }

                  @Override
                  public void end(Ending why) {
                    endings.add(why);
                  }
                }));
  }

  private Message message(String topic, String text, int qos) {
    return new Message(
        topic, text.getBytes(UTF_8), qos, false, Optional.of(NOON.plusSeconds(90)), PROPERTIES);
  }

  private static Message retained(String topic, String text) {
    return Message.of(topic, text.getBytes(UTF_8), 1, true);
  }

  private static List<String> poll(ConnectResult client) {
    List<String> packets = new ArrayList<>();
    for (Optional<Outgoing> next = client.connection().poll();
        next.isPresent();
        next = client.connection().poll()) {
      packets.add(describe(next.get()));
    }
    return packets;
  }

  private static String describe(Outgoing packet) {
    if (packet instanceof Outgoing.Release release) {
      return "release #" + release.packetId();
    }
    Outgoing.Publish publish = (Outgoing.Publish) packet;
    if (publish.expirySeconds().isPresent()) {
      assertEquals(
          new String(PROPERTIES, UTF_8), new String(publish.message().properties(), UTF_8));
    }
    return new String(publish.message().payload(), UTF_8)
        + " q"
        + publish.qos()
        + (publish.qos() > 0 ? " #" + publish.packetId() : "")
        + " retain="
        + publish.retain()
        + (publish.dup() ? " dup " : " ")
        + publish.subscriptionIds()
        + (publish.expirySeconds().isPresent()
            ? " " + publish.expirySeconds().getAsLong() + "s"
            : "");
  }

  private static void acknowledge(ConnectResult client, int packetId) {
    poll(client);
    client.connection().acknowledged(packetId);
  }

  private static void receive(ConnectResult client, int packetId) {
    poll(client);
    assertTrue(client.connection().received(packetId, true));
  }

  private void complete(ConnectResult client, int packetId) {
    write(broker);
    poll(client);
    client.connection().completed(packetId);
  }

  /** Sessions, subscriptions, messages, packet ids and retained messages. */
  private String rows() throws Exception {
    return select(
        """
        SELECT (SELECT count(*) FROM mqtt_session), (SELECT count(*) FROM mqtt_subscription),
          (SELECT count(*) FROM mqtt_queued), (SELECT count(*) FROM mqtt_received),
          (SELECT count(*) FROM mqtt_retained)
        """);
  }
}
