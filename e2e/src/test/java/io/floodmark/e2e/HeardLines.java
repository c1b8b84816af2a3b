package io.floodmark.e2e;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/** What a reader hears, as one line each. */
record HeardLines(BlockingQueue<String> queue) implements MqttCallback {
  /** The connection is lost. */
  static final String LOST = "lost";

  @Override
  public void connectionLost(Throwable cause) {
    queue.add(LOST);
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    queue.add(
        topic
            + " "
            + new String(message.getPayload(), StandardCharsets.UTF_8)
            + (message.isRetained() ? " retained " : " new ")
            + message.getQos());
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {
    // Readers send nothing.
  }
}
