package io.floodmark.ingest.commit;

import io.floodmark.alert.AlertState;
import io.floodmark.judging.QualityMemory;
import io.floodmark.judging.Standing;
import io.floodmark.reading.Trend;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Where a sensor stands between two readings: what its row of {@code sensor_state} holds, the id of
 * its open alert aside. Immutable.
 *
 * @param sensorId whose it is
 * @param version of the row that this was read from, or that it became
 * @param lastArrivalAt arrival of the newest reading, whatever it said; {@link Instant#MIN} for
 *     none
 * @param lastStampAt last stamp given to a reading without a usable time; {@link Instant#MIN} for
 *     none
 * @param latest newest evaluated reading, good or not; empty before the first
 * @param quality what quality control remembers
 * @param trend of the good depths
 * @param alert the flood alert
 */
record SensorState(
    int sensorId,
    long version,
    Instant lastArrivalAt,
    Instant lastStampAt,
    Optional<Latest> latest,
    QualityMemory quality,
    Trend trend,
    AlertState alert) {

  /**
   * The newest evaluated reading.
   *
   * @param evaluatedAt event time to alerts: the earlier of its own time and its arrival
   * @param arrivedAt server time of its arrival
   * @param observedAt its identity together with the sensor
   * @param distanceMm as sent
   * @param depthMm depth at the sensor, noise taken off
   * @param lowPointDepthMm depth at the street's low point, where known
   * @param rainMm as sent
   * @param qc the QARTOD flag's number
   * @param batteryMv as sent
   * @param rssiDbm as sent
   * @param temperatureC as sent
   * @param level that it meets, 0 to 4; empty where it is bad, or measures no water
   */
  record Latest(
      Instant evaluatedAt,
      Instant arrivedAt,
      Instant observedAt,
      OptionalInt distanceMm,
      OptionalInt depthMm,
      OptionalInt lowPointDepthMm,
      OptionalDouble rainMm,
      int qc,
      OptionalInt batteryMv,
      OptionalInt rssiDbm,
      OptionalDouble temperatureC,
      OptionalInt level) {}

  /** Before the first reading. */
  static SensorState unseen(int sensorId, long version) {
    return new SensorState(
        sensorId,
        version,
        Instant.MIN,
        Instant.MIN,
        Optional.empty(),
        QualityMemory.NONE,
        Trend.NONE,
        AlertState.NONE);
  }

  /** As far as judging the next reading needs it. */
  Standing standing() {
    return new Standing(
        latest.isPresent() ? latest.get().evaluatedAt() : Instant.MIN, quality, trend, alert);
  }

  /** After one more reading, before it is written. */
  SensorState after(
      Instant arrivalAt, Instant stampAt, Optional<Latest> newest, Standing standing) {
    return new SensorState(
        sensorId,
        version,
        arrivalAt,
        stampAt,
        newest,
        standing.quality(),
        standing.trend(),
        standing.alert());
  }

  /** The same after its row was written. */
  SensorState written() {
    return new SensorState(
        sensorId, version + 1, lastArrivalAt, lastStampAt, latest, quality, trend, alert);
  }

  /** The same with another alert. */
  SensorState withAlert(AlertState changed) {
    return new SensorState(
        sensorId, version, lastArrivalAt, lastStampAt, latest, quality, trend, changed);
  }

  /**
   * How fast the water rises in millimetres a minute; empty while the newest reading is no good, as
   * the older ones would speak of water that nobody sees any more.
   */
  OptionalDouble trendMmPerMin() {
    boolean seen = latest.isPresent() && latest.get().level().isPresent();
    return seen ? trend.mmPerMin() : OptionalDouble.empty();
  }
}
