package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.packet.Breach;
import io.floodmark.ingest.packet.Publish;
import io.floodmark.ingest.packet.ReasonCode;

/** The way in of those who may publish nothing: readers. Immutable. */
final class NoInlet implements Inlet {
  private static final String WHY = "a reader may publish nothing";

  private final boolean mqtt5;

  NoInlet(boolean mqtt5) {
    this.mqtt5 = mqtt5;
  }

  /**
   * Says no, where that can be said: 3.1.1 and QoS 0 leave only closing the connection, or an
   * acknowledgement that would not be true (3.1.1: MQTT-3.3.5-2).
   */
  @Override
  public void publish(String topic, Publish message, Receipt receipt) {
    if (!mqtt5 || message.qos() == 0) {
      throw Breach.of(ReasonCode.NOT_AUTHORIZED, WHY);
    }
    receipt.because(ReasonCode.NOT_AUTHORIZED, WHY);
    receipt.committed();
  }

  @Override
  public void publish(String topic, OversizePublish message, Receipt receipt) {
    throw Breach.of(ReasonCode.NOT_AUTHORIZED, WHY);
  }

  @Override
  public boolean knowsWhatComesAgain() {
    return false;
  }

  @Override
  public boolean isFull(boolean held) {
    return false;
  }

  @Override
  public void whenRoom(Object key, Runnable resume) {
    throw new IllegalStateException("There is always room for nothing.");
  }

  @Override
  public void forget(Object key) {
    // Nobody ever waits.
  }
}
