package io.floodmark.api.sensors.health;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a sensor is doing as a device.
 *
 * @param day what came in the last 24 hours; empty before its first reading
 * @param week what came in the last seven days
 * @param doubts how far the readings of those seven days are believed
 * @param today means of the last 24 hours
 * @param weekAgo means of the same 24 hours a week before
 */
public record SensorHealth(
    Optional<PacketLoss> day,
    Optional<PacketLoss> week,
    Doubts doubts,
    Means today,
    Means weekAgo) {
  /**
   * Means of a day.
   *
   * @param batteryMv of the battery's voltage
   * @param rssiDbm of the signal
   * @param delayS seconds from the device's own time of a reading to its arrival, the median; below
   *     zero where its clock is fast. Empty where it sends no time
   * @param stamped readings that carried no usable time
   * @param readings all readings
   */
  public record Means(
      OptionalInt batteryMv,
      OptionalInt rssiDbm,
      OptionalDouble delayS,
      long stamped,
      long readings) {}
}
