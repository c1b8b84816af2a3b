package io.floodmark.ingest.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever a client of a durable session does, and however often the network takes its packets: of
 * QoS 2 it has each message once, of QoS 1 at least once, both in their order (§4.3, §4.6).
 */
final class BrokerHistoryPropertyTest {
  private static final int STEPS = 300;

  /** The receiver's side of QoS 2, and a network that loses all that is on its way. */
  private static final class Receiver {
    private final TestClient client;
    private final Random random;
    private final Deque<Outgoing> onTheirWay = new ArrayDeque<>();
    private final Deque<Runnable> answers = new ArrayDeque<>();
    private final Set<Integer> unreleased = new HashSet<>();
    private final List<Integer> atLeastOnce = new ArrayList<>();
    private final List<Integer> exactlyOnce = new ArrayList<>();
    private boolean connected;

    Receiver(Broker broker, Random random) {
      this.client = new TestClient(broker, "receiver");
      this.random = random;
    }

    void connect() {
      client.connect(TestClient.durable().receiveMaximum(1 + random.nextInt(4)));
      connected = true;
    }

    void lose() {
      onTheirWay.clear();
      answers.clear();
      client.lose();
      connected = false;
    }

    void poll() {
      client.connection().poll().ifPresent(onTheirWay::add);
    }

    /** Takes in a packet; its answer is on its way then. */
    void take() {
      Outgoing packet = onTheirWay.poll();
      if (packet instanceof Outgoing.Publish publish) {
        int number = Integer.parseInt(TestClient.text(publish));
        int id = publish.packetId();
        if (publish.qos() == 1) {
          atLeastOnce.add(number);
          answers.add(() -> client.connection().acknowledged(id));
        } else {
          if (unreleased.add(id)) {
            exactlyOnce.add(number);
          }
          answers.add(() -> client.connection().received(id, true));
        }
      } else if (packet instanceof Outgoing.Release release) {
        unreleased.remove(release.packetId());
        answers.add(() -> client.connection().completed(release.packetId()));
      }
    }

    void answer() {
      if (!answers.isEmpty()) {
        answers.poll().run();
      }
    }
  }

  @Property(tries = 300, seed = "311")
  void nothingIsLostNothingOfQos2IsDoubledAndTheOrderIsKept(@ForAll long seed) {
    Random random = new Random(seed);
    Broker broker =
        Broker.inMemory(BrokerLimits.DEFAULT, Access.ALL, new SetClock(), new BrokerCounters());
    TestClient writer = new TestClient(broker, "writer").connect(TestClient.clean());
    Receiver receiver = new Receiver(broker, random);
    receiver.connect();
    receiver.client.subscribe("one", 1).subscribe("two", 2);
    Map<Integer, List<Integer>> published = new HashMap<>();
    for (int i = 0; i < STEPS; i++) {
      step(random, receiver, writer, published, i);
    }
    heal(receiver);
    assertEquals(published.getOrDefault(2, List.of()), receiver.exactlyOnce);
    assertEquals(
        published.getOrDefault(1, List.of()),
        List.copyOf(firsts(receiver.atLeastOnce)),
        "each, and for the first time in order");
    assertEquals(0, receiver.client.connection().session().outbox().size());
  }

  private static void step(
      Random random,
      Receiver receiver,
      TestClient writer,
      Map<Integer, List<Integer>> published,
      int number) {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> {
        int qos = 1 + random.nextInt(2);
        published.computeIfAbsent(qos, same -> new ArrayList<>()).add(number);
        writer.publish(qos == 1 ? "one" : "two", Integer.toString(number), qos);
      }
      case 3 -> {
        if (receiver.connected) {
          receiver.lose();
        } else {
          receiver.connect();
        }
      }
      case 4, 5 -> {
        if (receiver.connected) {
          receiver.poll();
        }
      }
      case 6, 7 -> receiver.take();
      default -> receiver.answer();
    }
  }

  private static void heal(Receiver receiver) {
    if (!receiver.connected) {
      receiver.connect();
    }
    IntStream.range(0, 10 * STEPS)
        .forEach(
            i -> {
              receiver.poll();
              receiver.take();
              receiver.answer();
            });
  }

  private static List<Integer> firsts(List<Integer> numbers) {
    return numbers.stream().distinct().toList();
  }
}
