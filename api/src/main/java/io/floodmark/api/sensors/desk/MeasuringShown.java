package io.floodmark.api.sensors.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.records.FormShown;
import io.floodmark.api.sensors.SensorRoutes;
import io.floodmark.api.sensors.register.MeasuringStore;
import io.floodmark.api.sensors.register.SensorOffset;
import io.floodmark.sensor.SensorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
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
  private static final ObjectMapper JSON = new ObjectMapper();

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
    Map<String, String> values = MeasuringForm.values(held.measuring());
    values.put("version", held.version());
    return FormShown.of(values);
  }

  /**
   * A limit of the tests that differs from the default.
   *
   * @param key as in the JSON
   * @param value as in the JSON; empty where the test is switched off
   */
  public record Limit(String key, Optional<String> value) {}

  /** The limits that differ from the defaults, by name. */
  public List<Limit> limits() {
    List<Limit> limits = new ArrayList<>();
    JsonNode quality = tree(held.measuring().quality().orElse("{}"));
    quality
        .fields()
        .forEachRemaining(
            field ->
                limits.add(
                    new Limit(
                        field.getKey(),
                        field.getValue().isNull()
                            ? Optional.empty()
                            : Optional.of(field.getValue().toString()))));
    limits.sort(Comparator.comparing(Limit::key));
    return limits;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("sensor.quality is no JSON, though its column is", e);
    }
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
