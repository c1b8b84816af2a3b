package io.floodmark.e2e.durability;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Follows {@code levels/} of one sensor, as that sensor. */
final class RetainedLevel implements AutoCloseable {
  private static final long SECONDS = 20;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final MqttClient client;

  RetainedLevel(String code, int port) throws MqttException {
    client = new MqttClient("tcp://127.0.0.1:" + port, code + "-follows", new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName(code);
    options.setPassword(KilledServer.TOKEN.toCharArray());
    client.connect(options);
    client.subscribe(
        "levels/" + code,
        (topic, message) -> heard.add(new String(message.getPayload(), StandardCharsets.UTF_8)));
  }

  /** Waits for a level with these words; the first may be one behind. */
  void await(String words) throws InterruptedException {
    List<String> others = new ArrayList<>();
    while (true) {
      String level = heard.poll(SECONDS, TimeUnit.SECONDS);
      if (level == null) {
        fail("Never heard " + words + ", only " + others);
      } else if (level.contains(words)) {
        return;
      }
      others.add(level);
    }
  }

  @Override
  public void close() throws MqttException {
    client.disconnect();
    client.close();
  }
}
