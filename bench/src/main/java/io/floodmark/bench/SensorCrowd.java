package io.floodmark.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Connected sensors that send at a rate that nothing slows down. */
final class SensorCrowd implements AutoCloseable {
  private static final int INFLIGHT_MAX = 1_000;
  private static final long CONNECT_WITHIN_MILLIS = 20_000;

  private final List<MqttAsyncClient> clients;
  private final List<String> topics;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
  private final List<Future<?>> rounds = new ArrayList<>();

  /** What is sent at each beat. */
  interface Beat {
    /**
     * Sends.
     *
     * @param beat counts from 0
     */
    void send(SensorCrowd crowd, int beat) throws MqttException;
  }

  private SensorCrowd(List<MqttAsyncClient> clients, List<String> topics) {
    this.clients = clients;
    this.topics = topics;
  }

  /** So many sensors, whose codes are that prefix and a number from 0 on. */
  static SensorCrowd connect(int port, String prefix, int count, String token)
      throws MqttException {
    List<MqttAsyncClient> clients = new ArrayList<>();
    List<String> topics = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String code = prefix + i;
      MqttAsyncClient client =
          new MqttAsyncClient("tcp://127.0.0.1:" + port, code, new MemoryPersistence());
      MqttConnectOptions options = new MqttConnectOptions();
      options.setUserName(code);
      options.setPassword(token.toCharArray());
      options.setMaxInflight(INFLIGHT_MAX);
      client.connect(options).waitForCompletion(CONNECT_WITHIN_MILLIS);
      clients.add(client);
      topics.add("sensors/" + code + "/readings");
    }
    return new SensorCrowd(clients, topics);
  }

  /** Sends beat after beat from one time to another; who falls behind catches up. */
  void every(long periodNanos, long fromNanos, long toNanos, Beat beat) {
    int[] next = {0};
    int beats = (int) ((toNanos - fromNanos) / periodNanos);
    rounds.add(
        threads.scheduleAtFixedRate(
            () -> {
              try {
                if (next[0] < beats) {
                  beat.send(this, next[0]++);
                } else {
                  throw new RoundOver();
                }
              } catch (MqttException e) {
                throw new IllegalStateException("A sensor of the bench could not send.", e);
              }
            },
            Math.max(0, fromNanos - System.nanoTime()),
            periodNanos,
            TimeUnit.NANOSECONDS));
  }

  /** Ends a round: what is repeated at a fixed rate ends only by this. */
  private static final class RoundOver extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  void publish(int sensor, String payload, int qos) throws MqttException {
    clients
        .get(sensor)
        .publish(topics.get(sensor), payload.getBytes(StandardCharsets.UTF_8), qos, false);
  }

  /** Waits until all rounds are over. */
  void awaitAll() throws InterruptedException {
    for (Future<?> round : rounds) {
      try {
        round.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof RoundOver)) {
          throw new IllegalStateException(e.getCause());
        }
      }
    }
  }

  @Override
  public void close() throws MqttException {
    threads.shutdownNow();
    for (MqttAsyncClient client : clients) {
      if (client.isConnected()) {
        client.disconnectForcibly(0, 1_000);
      }
      client.close(true);
    }
  }
}
