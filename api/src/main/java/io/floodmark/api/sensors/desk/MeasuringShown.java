package io.floodmark.api.sensors.desk;

import io.floodmark.api.records.FormShown;
import io.floodmark.api.sensors.SensorRoutes;
import io.floodmark.api.sensors.register.MeasuringStore;
import io.floodmark.api.sensors.register.SensorOffset;
import io.floodmark.sensor.SensorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a sensor measures, as its page shows it. Immutable.
 *
 * @param held what is registered
 * @param offsets proposed and decided, newest first
 */
public record MeasuringShown(MeasuringStore.Held held, List<SensorOffset> offsets) {
  /** Copies the list. */
  public MeasuringShown {
    offsets = List.copyOf(offsets);
  }

  static MeasuringShown of(Connection connection, String code) throws SQLException {
    MeasuringStore store = new MeasuringStore(connection);
    MeasuringStore.Held held =
        store.find(new SensorCode(code)).orElseThrow(() -> SensorRoutes.unknown(code));
    return new MeasuringShown(held, store.offsets(held.sensorId()));
  }

  /** The form as it stands before anybody has typed. */
  static FormShown form(MeasuringStore.Held held) {
    Map<String, String> values = new HashMap<>();
    values.put("version", held.version());
    values.put("temperature_compensated", held.measuring().temperatureCompensated() ? "yes" : "no");
    held.measuring().range().minMm().ifPresent(mm -> values.put("range_min_mm", "" + mm));
    held.measuring().range().maxMm().ifPresent(mm -> values.put("range_max_mm", "" + mm));
    return FormShown.of(values);
  }

  /** The proposal on which somebody has to decide. */
  public Optional<SensorOffset> open() {
    return offsets.stream().filter(SensorOffset::isOpen).findFirst();
  }

  /** Those that were decided on, newest first. */
  public List<SensorOffset> decided() {
    return offsets.stream().filter(offset -> !offset.isOpen()).toList();
  }
}
