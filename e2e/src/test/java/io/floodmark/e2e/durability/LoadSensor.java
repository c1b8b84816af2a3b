package io.floodmark.e2e.durability;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A sensor that sends as fast as its window lets it, on a thread of its own, and keeps every
 * reading until it is acknowledged: after a break it sends what is unacknowledged again, oldest
 * first. What was acknowledged is remembered, to be held against the database.
 */
final class LoadSensor implements Runnable {
  private static final int WINDOW = 32;

  /**
   * Several readings a millisecond would run ahead of the server's clock, and then count from their
   * arrival.
   */
  private static final long CLOCK_BEHIND_MILLIS = 60_000;

  static final int MOUNT_HEIGHT_MM = 2_500;

  /** What was sent, by time. */
  record Sent(long tsMillis, int distanceMm) {}

  private final String code;
  private final String token;
  private final IntSupplier port;
  private final InstantSource clock;
  private final int readingsMax;
  private final int readingsAMessage;

  private final Deque<List<Sent>> unacknowledged = new ArrayDeque<>();
  private final Set<Sent> acknowledged = ConcurrentHashMap.newKeySet();
  private final List<Sent> sent = new ArrayList<>();
  private final AtomicInteger acknowledgements = new AtomicInteger();
  private long lastTsMillis;
  private volatile boolean finishing;

  /**
   * A sensor that does nothing before {@link #run}.
   *
   * @param port where the server listens at that moment
   * @param readingsMax how many it makes at most
   * @param readingsAMessage how many go together, as an array if it is more than one
   */
  LoadSensor(
      String code,
      String token,
      IntSupplier port,
      InstantSource clock,
      int readingsMax,
      int readingsAMessage) {
    this.code = code;
    this.token = token;
    this.port = port;
    this.clock = clock;
    this.readingsMax = readingsMax;
    this.readingsAMessage = readingsAMessage;
  }

  String code() {
    return code;
  }

  /** Readings acknowledged so far. */
  int acknowledgements() {
    return acknowledgements.get();
  }

  /** Makes no further readings; the thread ends once all are acknowledged. */
  void finish() {
    finishing = true;
  }

  /** After the thread's end: all readings made, oldest first. */
  List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** The readings that were acknowledged; while more are, at least those from before the call. */
  Set<Sent> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  @Override
  public void run() {
    while (!isDone() && !Thread.currentThread().isInterrupted()) {
      try (MqttAsyncClient client =
          new MqttAsyncClient(
              "tcp://127.0.0.1:" + port.getAsInt(), code + "-load", new MemoryPersistence())) {
        client.connect(options()).waitForCompletion(10_000);
        sendUntilBroken(client);
      } catch (MqttException e) {
        // The server is being killed: that is what this is about. Try again.
        Thread.onSpinWait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private MqttConnectOptions options() {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName(code);
    options.setPassword(token.toCharArray());
    options.setMaxInflight(WINDOW + 8);
    options.setConnectionTimeout(5);
    options.setKeepAliveInterval(10);
    return options;
  }

  private void sendUntilBroken(MqttAsyncClient client) throws MqttException, InterruptedException {
    Semaphore window = new Semaphore(WINDOW);
    for (List<Sent> message : snapshot()) {
      send(client, window, message);
    }
    while (!finishing && sent.size() < readingsMax && client.isConnected()) {
      send(client, window, next());
    }
    // Every acknowledgement gives a permit back; with all of them back, all is acknowledged.
    while (client.isConnected()) {
      if (window.tryAcquire(WINDOW, 200, TimeUnit.MILLISECONDS)) {
        client.disconnect().waitForCompletion(10_000);
      }
    }
  }

  private void send(MqttAsyncClient client, Semaphore window, List<Sent> message)
      throws MqttException, InterruptedException {
    while (!window.tryAcquire(200, TimeUnit.MILLISECONDS)) {
      if (!client.isConnected()) {
        throw new MqttException(MqttException.REASON_CODE_CONNECTION_LOST);
      }
    }
    client.publish(
        "sensors/" + code + "/readings",
        json(message).getBytes(StandardCharsets.UTF_8),
        1,
        false,
        null,
        new IMqttActionListener() {
          @Override
          public void onSuccess(IMqttToken token) {
            acknowledge(message);
            window.release();
          }

          @Override
          public void onFailure(IMqttToken token, Throwable cause) {
            // Stays unacknowledged; the window of a broken connection is not used again.
          }
        });
  }

  private static String json(List<Sent> message) {
    String readings =
        message.stream()
            .map(
                sent ->
                    "{\"ts\":%d,\"distance_mm\":%d}".formatted(sent.tsMillis(), sent.distanceMm()))
            .collect(Collectors.joining(","));
    return message.size() == 1 ? readings : "[" + readings + "]";
  }

  private List<Sent> next() {
    List<Sent> message = new ArrayList<>();
    while (message.size() < readingsAMessage && sent.size() < readingsMax) {
      lastTsMillis = Math.max(lastTsMillis + 1, clock.millis() - CLOCK_BEHIND_MILLIS);
      Sent reading = new Sent(lastTsMillis, MOUNT_HEIGHT_MM - Tide.depthMm(sent.size()));
      sent.add(reading);
      message.add(reading);
    }
    synchronized (unacknowledged) {
      unacknowledged.add(message);
    }
    return message;
  }

  private List<List<Sent>> snapshot() {
    synchronized (unacknowledged) {
      return List.copyOf(unacknowledged);
    }
  }

  private void acknowledge(List<Sent> message) {
    acknowledged.addAll(message);
    synchronized (unacknowledged) {
      unacknowledged.remove(message);
    }
    acknowledgements.addAndGet(message.size());
  }

  private boolean isDone() {
    synchronized (unacknowledged) {
      return (finishing || sent.size() >= readingsMax) && unacknowledged.isEmpty();
    }
  }
}
