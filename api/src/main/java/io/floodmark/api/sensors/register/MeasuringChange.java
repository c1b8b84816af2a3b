package io.floodmark.api.sensors.register;

import io.floodmark.api.sensors.register.SensorChange.Author;
import io.floodmark.api.sensors.register.SensorChange.Ending;
import io.floodmark.sensor.SensorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What staff change of how a sensor measures, each with its entry in the audit log, in the caller's
 * transaction. Confined to one thread.
 */
public final class MeasuringChange {
  private final Connection connection;
  private final MeasuringStore store;
  private final Author author;

  /** Changes by {@code author}. */
  public MeasuringChange(Connection connection, Author author) {
    this.connection = connection;
    this.store = new MeasuringStore(connection);
    this.author = author;
  }

  /**
   * Changes how a sensor in service measures.
   *
   * @param version as it was when it was shown
   */
  public Ending set(SensorCode code, String version, Measuring measuring) throws SQLException {
    Optional<MeasuringStore.Held> held = store.lock(code);
    if (held.isEmpty()) {
      return Ending.UNKNOWN;
    }
    if (held.get().retired()) {
      return Ending.RETIRED;
    }
    if (!held.get().version().equals(version)) {
      return Ending.STALE;
    }
    if (store.set(held.get().sensorId(), measuring)) {
      SensorChange.audit(
          connection,
          author,
          "sensor.measuring",
          code,
          differences(held.get().measuring(), measuring));
    }
    return Ending.DONE;
  }

  /**
   * Decides on a proposed offset; an accepted one is in force from the next reading on.
   *
   * @param offsetId which one was shown
   * @return {@link Ending#STALE} if it is not open any more
   */
  public Ending decide(SensorCode code, long offsetId, boolean accept) throws SQLException {
    Optional<MeasuringStore.Held> held = store.lock(code);
    if (held.isEmpty()) {
      return Ending.UNKNOWN;
    }
    if (held.get().retired()) {
      return Ending.RETIRED;
    }
    int sensorId = held.get().sensorId();
    Optional<SensorOffset> open =
        store.offsets(sensorId).stream()
            .filter(offset -> offset.id() == offsetId && offset.isOpen())
            .findFirst();
    if (open.isEmpty()) {
      return Ending.STALE;
    }
    String by = author.caller().actor();
    if (accept) {
      store.accept(sensorId, open.get(), by, author.at());
    } else {
      store.reject(open.get(), by, author.at());
    }
    SensorChange.audit(
        connection,
        author,
        accept ? "sensor.offset" : "sensor.offset.reject",
        code,
        Map.of("offset_mm", held.get().offsetMm() + " → " + open.get().offsetMm()));
    return Ending.DONE;
  }

  private static Map<String, String> differences(Measuring before, Measuring after) {
    Map<String, String> changed = new LinkedHashMap<>();
    put(
        changed,
        "temperature_compensated",
        Boolean.toString(before.temperatureCompensated()),
        Boolean.toString(after.temperatureCompensated()));
    put(changed, "range_min_mm", text(before.range().minMm()), text(after.range().minMm()));
    put(changed, "range_max_mm", text(before.range().maxMm()), text(after.range().maxMm()));
    put(changed, "quality", before.quality().orElse("–"), after.quality().orElse("–"));
    put(changed, "neighbours", text(before.neighbours()), text(after.neighbours()));
    put(
        changed,
        "battery_low_mv",
        text(before.watch().batteryLowMv()),
        text(after.watch().batteryLowMv()));
    put(
        changed,
        "fast_rise_mm_per_min",
        text(before.watch().fastRiseMmPerMin()),
        text(after.watch().fastRiseMmPerMin()));
    return changed;
  }

  private static void put(Map<String, String> changed, String column, String was, String is) {
    if (!was.equals(is)) {
      changed.put(column, was + " → " + is);
    }
  }

  /** None at all is something else than nothing said. */
  private static String text(Optional<List<String>> codes) {
    return codes.map(listed -> listed.isEmpty() ? "0" : String.join(" ", listed)).orElse("–");
  }

  private static String text(OptionalInt number) {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : "–";
  }
}
