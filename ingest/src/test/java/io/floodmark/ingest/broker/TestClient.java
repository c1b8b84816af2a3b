package io.floodmark.ingest.broker;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A client that keeps what it is sent, and acknowledges only when it is told to. */
final class TestClient implements Outlet {
  /** How it connects. */
  static final class Options {
    private boolean cleanStart = true;
    private long expirySeconds;
    private int receiveMaximum = 65_535;
    private int packetBytesMax = Integer.MAX_VALUE;
    private Optional<Will> will = Optional.empty();

    Options resume() {
      cleanStart = false;
      return this;
    }

    Options expiry(long seconds) {
      expirySeconds = seconds;
      return this;
    }

    Options receiveMaximum(int messages) {
      receiveMaximum = messages;
      return this;
    }

    Options packetBytesMax(int bytes) {
      packetBytesMax = bytes;
      return this;
    }

    Options will(long delaySeconds, Runnable publish) {
      will = Optional.of(new Will(delaySeconds, publish));
      return this;
    }
  }

  private Broker broker;
  private final ClientKey key;
  private ConnectResult connected;
  private int wakes;

  final List<Ending> endings = new ArrayList<>();

  TestClient(Broker broker, String name) {
    this(broker, "", name);
  }

  TestClient(Broker broker, String account, String name) {
    this.broker = broker;
    this.key = new ClientKey(account, name);
  }

  /** The process has ended, and another is there. */
  void moveTo(Broker other) {
    broker = other;
  }

  static Options clean() {
    return new Options();
  }

  /** A durable session. */
  static Options durable() {
    return new Options().resume().expiry(3_600);
  }

  TestClient connect(Options options) {
    connected =
        broker.connect(
            new ConnectRequest(
                key,
                options.cleanStart,
                options.expirySeconds,
                options.receiveMaximum,
                options.packetBytesMax,
                options.will,
                this));
    return this;
  }

  @Override
  public void wake() {
    wakes++;
  }

  @Override
  public void end(Ending why) {
    endings.add(why);
  }

  ClientKey key() {
    return key;
  }

  int wakes() {
    return wakes;
  }

  boolean sessionPresent() {
    return connected.sessionPresent();
  }

  long expirySeconds() {
    return connected.sessionExpirySeconds();
  }

  BrokerConnection connection() {
    return connected.connection();
  }

  void disconnect() {
    connection().disconnect(OptionalLong.empty(), false);
  }

  void lose() {
    connection().lost();
  }

  TestClient subscribe(String filter, int qos) {
    return subscribe(Subscription.of(TopicFilter.of(filter), qos));
  }

  TestClient subscribe(String filter, int qos, int id) {
    return subscribe(
        new Subscription(
            TopicFilter.of(filter),
            qos,
            false,
            false,
            Subscription.RetainHandling.SEND_AT_SUBSCRIBE,
            OptionalInt.of(id)));
  }

  TestClient subscribe(Subscription... subscriptions) {
    connection().subscribe(List.of(subscriptions), outcomes -> {});
    return this;
  }

  List<PublishOutcome> publish(String topic, String text, int qos) {
    return publish(message(topic, text, qos, false));
  }

  List<PublishOutcome> retain(String topic, String text, int qos) {
    return publish(message(topic, text, qos, true));
  }

  /** Of QoS 2: with packet id 1, released at once. */
  List<PublishOutcome> publish(Message message) {
    List<PublishOutcome> outcomes = new ArrayList<>();
    if (message.qos() < 2) {
      connection().publish(message, outcomes::add);
    } else {
      connection().publishExactlyOnce(1, message, outcomes::add);
      connection().release(1, inUse -> {});
    }
    return outcomes;
  }

  static Message message(String topic, String text, int qos, boolean retain) {
    return Message.of(topic, text.getBytes(StandardCharsets.UTF_8), qos, retain);
  }

  static Message expiring(String topic, String text, int qos, Instant at) {
    Message message = message(topic, text, qos, false);
    return new Message(topic, message.payload(), qos, false, Optional.of(at), message.properties());
  }

  /** All that it can be sent now. */
  List<Outgoing> poll() {
    List<Outgoing> packets = new ArrayList<>();
    for (Optional<Outgoing> next = connection().poll();
        next.isPresent();
        next = connection().poll()) {
      packets.add(next.get());
    }
    return packets;
  }

  /** The same, as texts: {@code text}, {@code text@1} with packet id and so on, see describe. */
  List<String> packets() {
    return poll().stream().map(TestClient::describe).toList();
  }

  /** Payloads of all that it can be sent, each acknowledged to its end. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (List<Outgoing> packets = poll(); !packets.isEmpty(); packets = poll()) {
      for (Outgoing packet : packets) {
        if (packet instanceof Outgoing.Publish publish) {
          texts.add(text(publish));
          if (publish.qos() == 1) {
            connection().acknowledged(publish.packetId());
          } else if (publish.qos() == 2) {
            connection().received(publish.packetId(), true);
          }
        } else if (packet instanceof Outgoing.Release release) {
          connection().completed(release.packetId());
        }
      }
    }
    return texts;
  }

  static String text(Outgoing.Publish publish) {
    return new String(publish.message().payload(), StandardCharsets.UTF_8);
  }

  /** {@code text q1 #3 retain dup [7, 8] 5s}, or {@code release #3}. */
  static String describe(Outgoing packet) {
    if (packet instanceof Outgoing.Publish publish) {
      StringBuilder said = new StringBuilder(text(publish)).append(" q").append(publish.qos());
      if (publish.packetId() > 0) {
        said.append(" #").append(publish.packetId());
      }
      if (publish.retain()) {
        said.append(" retain");
      }
      if (publish.dup()) {
        said.append(" dup");
      }
      if (!publish.subscriptionIds().isEmpty()) {
        said.append(' ').append(publish.subscriptionIds());
      }
      publish.expirySeconds().ifPresent(seconds -> said.append(' ').append(seconds).append('s'));
      return said.toString();
    }
    return "release #" + ((Outgoing.Release) packet).packetId();
  }
}
