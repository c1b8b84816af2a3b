package io.floodmark.sim.reading;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** One reading before it is written as JSON: which fields it has, and their values. Immutable. */
public final class SensorReading {
  private static final SensorReading EMPTY = new SensorReading(new EnumMap<>(Field.class));

  private final Map<Field, BigDecimal> values;

  private SensorReading(Map<Field, BigDecimal> values) {
    this.values = values;
  }

  /** A reading without any field yet. */
  public static SensorReading empty() {
    return EMPTY;
  }

  /**
   * The same reading with {@code field} set. Whole fields are rounded, halves away from zero.
   *
   * @throws IllegalArgumentException if the value is not finite or does not fit the field
   */
  public SensorReading with(Field field, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(field.key() + " is no number: " + value);
    }
    return with(field, BigDecimal.valueOf(value));
  }

  /**
   * As {@link #with(Field, double)}, for numbers that a double would blur.
   *
   * @throws IllegalArgumentException if the value does not fit the field
   */
  public SensorReading with(Field field, long value) {
    return with(field, BigDecimal.valueOf(value));
  }

  private SensorReading with(Field field, BigDecimal value) {
    BigDecimal written =
        field.isWhole() ? value.setScale(0, RoundingMode.HALF_UP) : value.stripTrailingZeros();
    if (!field.admits(written.doubleValue())) {
      throw new IllegalArgumentException(
          field.key() + " does not fit: " + value.toPlainString() + ". See docs/wire-format.md.");
    }
    Map<Field, BigDecimal> next = new EnumMap<>(Field.class);
    next.putAll(values);
    next.put(field, written);
    return new SensorReading(next);
  }

  /** The value as it will be written. */
  public Optional<BigDecimal> find(Field field) {
    return Optional.ofNullable(values.get(field));
  }

  /** Whether it has what a receiver requires: a distance, a depth or rain. */
  public boolean hasMeasurement() {
    return values.keySet().stream().anyMatch(Field::isMeasurement);
  }
}
