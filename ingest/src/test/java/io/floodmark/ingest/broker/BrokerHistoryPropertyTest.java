package io.floodmark.ingest.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * However often the network takes the packets of a sender and a receiver with durable sessions, and
 * whenever the process dies: what was sent with QoS 2 arrives once, with QoS 1 at least once, both
 * in their order (§4.3, §4.6).
 */
final class BrokerHistoryPropertyTest {
  private static final int STEPS = 1_000;
  private static final int STEPS_TO_HEAL_MAX = 100_000;

  @Property(tries = 100, seed = "311")
  void nothingIsLostNothingOfQos2IsDoubledAndTheOrderIsKept(@ForAll long seed) {
    new History(new Random(seed)).run();
  }

  /** A client, and a network that loses all that is on its way. */
  private static class Wire {
    final TestClient client;
    final Random random;
    final Deque<Runnable> toClient = new ArrayDeque<>();
    final Deque<Runnable> toBroker = new ArrayDeque<>();
    boolean connected;

    Wire(TestClient client, Random random) {
      this.client = client;
      this.random = random;
    }

    void connect() {
      client.connect(TestClient.durable().receiveMaximum(1 + random.nextInt(4)));
      connected = true;
    }

    void lose() {
      client.lose();
      forget();
    }

    /** What was on its way is gone. */
    void forget() {
      toClient.clear();
      toBroker.clear();
      connected = false;
    }

    /** Mostly it is there. */
    void loseOrConnect() {
      if (!connected) {
        connect();
      } else if (random.nextInt(3) == 0) {
        lose();
      }
    }

    void move() {
      Deque<Runnable> way = random.nextBoolean() ? toClient : toBroker;
      Deque<Runnable> other = way == toClient ? toBroker : toClient;
      if (!way.isEmpty()) {
        way.poll().run();
      } else if (!other.isEmpty()) {
        other.poll().run();
      }
    }
  }

  /** The receiver's side of QoS 1 and 2. */
  private static final class Receiver extends Wire {
    private final Set<Integer> unreleased = new HashSet<>();
    private final List<Integer> atLeastOnce = new ArrayList<>();
    private final List<Integer> exactlyOnce = new ArrayList<>();

    Receiver(Broker broker, Random random) {
      super(new TestClient(broker, "receiver"), random);
    }

    void poll() {
      if (connected) {
        client.connection().poll().ifPresent(packet -> toClient.add(() -> take(packet)));
      }
    }

    private void take(Outgoing packet) {
      if (packet instanceof Outgoing.Publish publish) {
        int number = Integer.parseInt(TestClient.text(publish));
        int id = publish.packetId();
        if (publish.qos() == 1) {
          atLeastOnce.add(number);
          toBroker.add(() -> client.connection().acknowledged(id));
        } else {
          if (unreleased.add(id)) {
            exactlyOnce.add(number);
          }
          toBroker.add(() -> client.connection().received(id, true));
        }
      } else if (packet instanceof Outgoing.Release release) {
        unreleased.remove(release.packetId());
        toBroker.add(() -> client.connection().completed(release.packetId()));
      }
    }
  }

  /** The sender's side of QoS 1 and 2. */
  private static final class Sender extends Wire {
    private static final int WINDOW = 5;

    private final List<Sent> unfinished = new ArrayList<>();
    private final Map<Integer, List<Integer>> sent = new HashMap<>();
    private int connection;

    /** A message that is not acknowledged to its end. */
    private static final class Sent {
      private final int number;
      private final int qos;
      private final int packetId;
      private boolean received;

      Sent(int number, int qos, int packetId) {
        this.number = number;
        this.qos = qos;
        this.packetId = packetId;
      }
    }

    Sender(Broker broker, Random random) {
      super(new TestClient(broker, "sender"), random);
    }

    @Override
    void connect() {
      super.connect();
      connection++;
      unfinished.forEach(this::send);
    }

    void publish(int number) {
      if (!connected || unfinished.size() == WINDOW) {
        return;
      }
      int packetId = 1;
      while (isInUse(packetId)) {
        packetId++;
      }
      Sent message = new Sent(number, 1 + random.nextInt(2), packetId);
      sent.computeIfAbsent(message.qos, same -> new ArrayList<>()).add(number);
      unfinished.add(message);
      send(message);
    }

    private boolean isInUse(int packetId) {
      return unfinished.stream().anyMatch(message -> message.packetId == packetId);
    }

    private void send(Sent sending) {
      if (sending.received) {
        toBroker.add(() -> release(sending));
        return;
      }
      Message message =
          TestClient.message(
              sending.qos == 1 ? "one" : "two",
              Integer.toString(sending.number),
              sending.qos,
              false);
      int through = connection;
      if (sending.qos == 1) {
        toBroker.add(
            () ->
                client
                    .connection()
                    .publish(
                        message, outcome -> answer(through, () -> unfinished.remove(sending))));
      } else {
        toBroker.add(
            () ->
                client
                    .connection()
                    .publishExactlyOnce(
                        sending.packetId,
                        message,
                        outcome -> answer(through, () -> received(sending))));
      }
    }

    private void received(Sent sending) {
      sending.received = true;
      toBroker.add(() -> release(sending));
    }

    private void release(Sent sending) {
      int through = connection;
      client
          .connection()
          .release(sending.packetId, inUse -> answer(through, () -> unfinished.remove(sending)));
    }

    /** What the broker says through a connection that is no more, nobody hears. */
    private void answer(int through, Runnable packet) {
      if (connected && through == connection) {
        toClient.add(packet);
      }
    }
  }

  /** One history, whose every choice comes from a seed. */
  private static final class History {
    private final Random random;
    private final PaperTables tables = new PaperTables(new SetClock(), BrokerLimits.DEFAULT);
    private final Sender sender;
    private final Receiver receiver;
    private Optional<Changes> batch = Optional.empty();

    History(Random random) {
      this.random = random;
      this.sender = new Sender(tables.broker(), random);
      this.receiver = new Receiver(tables.broker(), random);
    }

    void run() {
      receiver.connect();
      receiver.client.subscribe("one", 1).subscribe("two", 2);
      tables.commit();
      sender.connect();
      for (int number = 0; number < STEPS; number++) {
        step(number);
        assertFiguresAddUp();
      }
      heal();
      assertEquals(sender.sent.getOrDefault(2, List.of()), receiver.exactlyOnce);
      assertEquals(
          sender.sent.getOrDefault(1, List.of()),
          receiver.atLeastOnce.stream().distinct().toList(),
          "each, and for the first time in order");
      assertTrue(isDone());
    }

    /** What is counted along the way is what there is. */
    private void assertFiguresAddUp() {
      BrokerFigures figures = tables.broker().figures();
      long toReceiver = queued(receiver.client.key());
      long toSender = queued(sender.client.key());
      long offline = (receiver.connected ? 0 : toReceiver) + (sender.connected ? 0 : toSender);
      assertEquals(offline, figures.queuedOffline());
      assertEquals(toReceiver + toSender - offline, figures.queuedConnected());
      assertEquals(
          (receiver.connected ? 1 : 0) + (sender.connected ? 1 : 0), figures.durableConnected());
      assertEquals(
          tables.broker().sessionCount(), figures.durableConnected() + figures.durableOffline());
    }

    private long queued(ClientKey client) {
      return tables.broker().sessions().find(client).map(found -> found.outbox().size()).orElse(0);
    }

    private void step(int number) {
      switch (random.nextInt(20)) {
        case 0, 1, 2 -> sender.publish(number);
        case 3 -> sender.loseOrConnect();
        case 4 -> receiver.loseOrConnect();
        case 5, 6, 7, 8 -> receiver.poll();
        case 9, 10, 11, 12 -> receiver.move();
        case 13, 14, 15, 16 -> sender.move();
        case 17, 18 -> writeOn();
        default -> {
          if (random.nextInt(3) == 0) {
            crash();
          }
        }
      }
    }

    /** Half a step of the thread that writes. */
    private void writeOn() {
      if (batch.isEmpty()) {
        batch = tables.begin();
      } else {
        tables.apply(batch.get());
        tables.finish();
        batch = Optional.empty();
      }
    }

    private void crash() {
      if (random.nextBoolean()) {
        // The commit went through, and nobody heard of it.
        batch.ifPresent(tables::apply);
      }
      batch = Optional.empty();
      sender.forget();
      receiver.forget();
      Broker broker = tables.start();
      sender.client.moveTo(broker);
      receiver.client.moveTo(broker);
    }

    private void heal() {
      if (batch.isPresent()) {
        writeOn();
      }
      if (!sender.connected) {
        sender.connect();
      }
      if (!receiver.connected) {
        receiver.connect();
      }
      for (int i = 0; i < STEPS_TO_HEAL_MAX && !isDone(); i++) {
        tables.commit();
        receiver.poll();
        receiver.move();
        sender.move();
      }
    }

    private boolean isDone() {
      return sender.unfinished.isEmpty()
          && sender.toBroker.isEmpty()
          && receiver.client.connection().session().outbox().size() == 0;
    }
  }
}
