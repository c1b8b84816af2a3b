package io.floodmark.ingest.commit;

import io.floodmark.reading.Reading;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether a reading fits the columns of {@code reading}, whoever decoded it: what does not would
 * fail the batch that it is in. Pure.
 */
public final class Fit {
  /** ISO 8601, in which we give out every time, has years of four digits: ts is earlier. */
  public static final long TS_MILLIS_BELOW = Instant.parse("+10000-01-01T00:00:00Z").toEpochMilli();

  private Fit() {}

  /** One sentence about the first value that does not fit, or empty. */
  static Optional<String> problemOf(Reading reading) {
    if (reading.deviceTsMillis().isPresent()
        && reading.deviceTsMillis().getAsLong() >= TS_MILLIS_BELOW) {
      return Optional.of(
          "ts " + reading.deviceTsMillis().getAsLong() + " lies after the year 9999.");
    }
    if (reading.rssiDbm().isPresent()
        && reading.rssiDbm().getAsInt() != (short) reading.rssiDbm().getAsInt()) {
      return Optional.of("rssi_dbm " + reading.rssiDbm().getAsInt() + " is no 16-bit number.");
    }
    return notReal("rain_mm", reading.rainMm())
        .or(() -> notReal("temperature_c", reading.temperatureC()))
        .or(() -> notReal("housing_c", reading.housingC()));
  }

  private static Optional<String> notReal(String name, OptionalDouble value) {
    return value.isEmpty() || Float.isFinite((float) value.getAsDouble())
        ? Optional.empty()
        : Optional.of(name + " " + value.getAsDouble() + " is no 32-bit floating-point number.");
  }
}
