package io.floodmark.api.sensors.desk;

import io.floodmark.alert.SensorWatch;
import io.floodmark.api.records.FormReading;
import io.floodmark.api.routes.Form;
import io.floodmark.api.sensors.register.Measuring;
import io.floodmark.api.sensors.register.MeasuringStore;
import io.floodmark.sensor.DeviceRange;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How a sensor measures, as a form. What the form does not have stays as it is: a rain gauge's has
 * no distances.
 */
final class MeasuringForm {
  private static final String COMPENSATED = "temperature_compensated";
  private static final String LEAST = "range_min_mm";
  private static final String MOST = "range_max_mm";
  private static final String BATTERY = "battery_low_mv";
  private static final String RISE = "fast_rise_mm_per_min";
  private static final String WHOSE = "neighbours_of";
  private static final String CODES = "neighbours";
  private static final String NEAR = "near";
  private static final String NONE = "none";
  private static final String LISTED = "listed";
  private static final int RANGE_MOST_MM = 100_000;

  private MeasuringForm() {}

  /** What the fields show before anybody has typed. */
  static Map<String, String> values(Measuring measuring) {
    Map<String, String> values = new HashMap<>();
    values.put(COMPENSATED, measuring.temperatureCompensated() ? "yes" : "no");
    put(values, LEAST, measuring.range().minMm());
    put(values, MOST, measuring.range().maxMm());
    put(values, BATTERY, measuring.watch().batteryLowMv());
    put(values, RISE, measuring.watch().fastRiseMmPerMin());
    Optional<List<String>> listed = measuring.neighbours();
    values.put(WHOSE, listed.map(codes -> codes.isEmpty() ? NONE : LISTED).orElse(NEAR));
    values.put(CODES, String.join(" ", listed.orElse(List.of())));
    return values;
  }

  private static void put(Map<String, String> values, String field, OptionalInt number) {
    number.ifPresent(value -> values.put(field, Integer.toString(value)));
  }

  /**
   * What was typed over {@code before}; of use only if {@code reading} is good afterwards.
   *
   * @param store knows which sensors there are
   */
  static Measuring read(Form form, FormReading reading, Measuring before, MeasuringStore store)
      throws SQLException {
    SensorWatch.Limits watch =
        new SensorWatch.Limits(
            has(form, RISE)
                ? reading.number(RISE, 1, Measuring.RISE_MOST_MM_PER_MIN)
                : before.watch().fastRiseMmPerMin(),
            has(form, BATTERY)
                ? reading.number(BATTERY, Measuring.BATTERY_LEAST_MV, Measuring.BATTERY_MOST_MV)
                : before.watch().batteryLowMv());
    boolean compensated =
        has(form, COMPENSATED)
            ? !form.text(COMPENSATED).equals(Optional.of("no"))
            : before.temperatureCompensated();
    return new Measuring(
        compensated,
        range(form, reading, before.range()),
        before.quality(),
        neighbours(form, reading, before.neighbours(), store),
        watch);
  }

  private static boolean has(Form form, String field) {
    return form.fields().containsKey(field);
  }

  private static DeviceRange range(Form form, FormReading reading, DeviceRange before) {
    OptionalInt least = has(form, LEAST) ? reading.number(LEAST, 0, RANGE_MOST_MM) : before.minMm();
    OptionalInt most = has(form, MOST) ? reading.number(MOST, 1, RANGE_MOST_MM) : before.maxMm();
    if (least.orElse(0) >= most.orElse(Integer.MAX_VALUE)) {
      reading.wrong(MOST, "problem.range");
    }
    return reading.isGood() ? new DeviceRange(least, most) : before;
  }

  private static Optional<List<String>> neighbours(
      Form form, FormReading reading, Optional<List<String>> before, MeasuringStore store)
      throws SQLException {
    Optional<String> whose = reading.choice(WHOSE, List.of(NEAR, NONE, LISTED));
    if (whose.isEmpty()) {
      return before;
    }
    if (!whose.get().equals(LISTED)) {
      return whose.get().equals(NONE) ? Optional.of(List.of()) : Optional.empty();
    }
    List<String> codes =
        Stream.of(form.text(CODES).orElse("").split("[\\s,;]+"))
            .filter(code -> !code.isEmpty())
            .distinct()
            .toList();
    if (codes.isEmpty()) {
      reading.wrong(CODES, "problem.missing");
    } else if (codes.size() > Measuring.NEIGHBOURS_MOST) {
      reading.wrong(CODES, "problem.neighboursMany");
    } else if (codes.stream().anyMatch(code -> code.indexOf('\0') >= 0)
        || !store.unknown(codes).isEmpty()) {
      reading.wrong(CODES, "problem.neighbours");
    }
    return Optional.of(codes);
  }
}
