package io.floodmark.ingest.mqtt;

/**
 * How much one address and one sensor may do. Whoever does more is slowed down.
 *
 * @param addressConnectionsMax connections of one address at a time; further ones are closed
 * @param addressConnectsMax new connections of one address in a second, the first second's at once;
 *     further ones wait for their turn, those that would wait for more than ten seconds are closed
 * @param sensorMessagesMax messages of one sensor in a second, or {@link #NONE}; beyond it is not
 *     read from for a while
 * @param sensorBytesMax the same in bytes of payload
 */
public record MqttRates(
    int addressConnectionsMax, int addressConnectsMax, int sensorMessagesMax, int sensorBytesMax) {
  /** No such limit. */
  public static final int NONE = 0;

  /** What is in force unless a setting says otherwise: nothing that an honest fleet meets. */
  public static final MqttRates DEFAULT = new MqttRates(10_000, 50, NONE, NONE);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the rate that is out of its range
   */
  public MqttRates {
    atLeast("addressConnectionsMax", addressConnectionsMax, 1);
    atLeast("addressConnectsMax", addressConnectsMax, 1);
    atLeast("sensorMessagesMax", sensorMessagesMax, NONE);
    atLeast("sensorBytesMax", sensorBytesMax, NONE);
  }

  /** Whether there is a limit of what a sensor sends. */
  boolean limitSensors() {
    return sensorMessagesMax != NONE || sensorBytesMax != NONE;
  }

  private static void atLeast(String name, int value, int min) {
    if (value < min) {
      throw new IllegalArgumentException(name + " must be " + min + " or more: " + value);
    }
  }
}
