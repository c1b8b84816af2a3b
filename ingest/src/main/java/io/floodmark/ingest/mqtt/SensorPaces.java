package io.floodmark.ingest.mqtt;

import java.util.concurrent.TimeUnit;

/**
 * How far each sensor is ahead of the rates that are set, over all of its connections. Safe for use
 * by any thread.
 */
final class SensorPaces {
  /** What may be sent at once after a pause is what a second allows. */
  private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** More than any register holds. */
  private static final int SENSORS_MAX = 200_000;

  private final MqttRates rates;
  private final Paces<Integer> messages = new Paces<>(SENSORS_MAX);
  private final Paces<Integer> bytes = new Paces<>(SENSORS_MAX);

  SensorPaces(MqttRates rates) {
    this.rates = rates;
  }

  /** Whether there are such rates at all. */
  boolean areLimited() {
    return rates.limitSensors();
  }

  /**
   * A sensor has sent something, which is taken.
   *
   * @param messageCount how many messages
   * @param payloadBytes of all of them
   * @param nowNanos on a clock that only goes forward
   * @return for how long it has to be read from no more
   */
  long sent(int sensorId, int messageCount, long payloadBytes, long nowNanos) {
    return Math.max(
        ahead(messages, sensorId, messageCount, rates.sensorMessagesMax(), nowNanos),
        ahead(bytes, sensorId, payloadBytes, rates.sensorBytesMax(), nowNanos));
  }

  private static long ahead(
      Paces<Integer> paces, int sensorId, long amount, int perSecond, long nowNanos) {
    if (perSecond == MqttRates.NONE) {
      return 0;
    }
    long cost = amount * TimeUnit.SECONDS.toNanos(1) / perSecond;
    return Math.max(0, paces.add(sensorId, cost, Long.MAX_VALUE, nowNanos) - BURST_NANOS);
  }
}
