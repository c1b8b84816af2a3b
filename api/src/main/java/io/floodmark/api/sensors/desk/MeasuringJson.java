package io.floodmark.api.sensors.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.alert.SensorWatch;
import io.floodmark.api.http.Json;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.sensors.register.Measuring;
import io.floodmark.api.sensors.register.MeasuringStore;
import io.floodmark.api.sensors.register.SensorOffset;
import io.floodmark.quality.QualitySettingsJson;
import io.floodmark.sensor.DeviceRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How a sensor measures, in JSON. Pure. */
final class MeasuringJson {
  private static final int RANGE_MOST_MM = 100_000;

  private MeasuringJson() {}

  /**
   * What a body says.
   *
   * @throws ProblemException with 422 naming the field that cannot be taken
   */
  static Measuring read(JsonNode json) {
    JsonNode compensated = json.path("temperatureCompensated");
    if (!compensated.isBoolean()) {
      throw new ProblemException(
          Problem.invalid(
              "temperatureCompensated",
              "Say true if the device allows for the temperature of the air itself, else false."));
    }
    OptionalInt least = whole(json, "rangeMinMm", 0, RANGE_MOST_MM, OptionalInt.empty());
    OptionalInt most = whole(json, "rangeMaxMm", 0, RANGE_MOST_MM, OptionalInt.empty());
    return new Measuring(
        compensated.booleanValue(),
        rangeOf(least, most),
        quality(json),
        neighbours(json),
        new SensorWatch.Limits(
            whole(
                json,
                "fastRiseMmPerMin",
                1,
                Measuring.RISE_MOST_MM_PER_MIN,
                Measuring.WATCH_DEFAULT.fastRiseMmPerMin()),
            whole(
                json,
                "batteryLowMv",
                Measuring.BATTERY_LEAST_MV,
                Measuring.BATTERY_MOST_MV,
                Measuring.WATCH_DEFAULT.batteryLowMv())));
  }

  /** A device's range from its ends. */
  private static DeviceRange rangeOf(OptionalInt least, OptionalInt most) {
    try {
      return new DeviceRange(least, most);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.invalid("rangeMaxMm", "It has to be more than rangeMinMm."));
    }
  }

  private static OptionalInt whole(
      JsonNode json, String field, int least, int most, OptionalInt byDefault) {
    JsonNode value = json.path(field);
    if (value.isMissingNode()) {
      return byDefault;
    }
    if (value.isNull()) {
      return OptionalInt.empty();
    }
    if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
      throw new ProblemException(
          Problem.invalid(
              field, "Send a whole number from %d to %d, or null.".formatted(least, most)));
    }
    return OptionalInt.of(value.intValue());
  }

  private static Optional<String> quality(JsonNode json) {
    JsonNode value = json.path("quality");
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    try {
      QualitySettingsJson.parse(value.toString());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.invalid("quality", e.getMessage()));
    }
    return Optional.of(value.toString());
  }

  private static Optional<List<String>> neighbours(JsonNode json) {
    JsonNode value = json.path("neighbours");
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    List<String> codes = new ArrayList<>();
    value.forEach(code -> codes.add(code.asText("")));
    if (!value.isArray() || codes.size() > Measuring.NEIGHBOURS_MOST) {
      throw new ProblemException(
          Problem.invalid(
              "neighbours",
              "Send an array of at most 50 codes of sensors, or null for all nearby."));
    }
    return Optional.of(codes);
  }

  /** How it measures, and its offsets. */
  static byte[] bytes(MeasuringStore.Held held, List<SensorOffset> offsets) {
    Measuring measuring = held.measuring();
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeBooleanField("temperatureCompensated", measuring.temperatureCompensated());
          number(json, "rangeMinMm", measuring.range().minMm());
          number(json, "rangeMaxMm", measuring.range().maxMm());
          json.writeFieldName("quality");
          json.writeRawValue(measuring.quality().orElse("null"));
          if (measuring.neighbours().isPresent()) {
            json.writeArrayFieldStart("neighbours");
            for (String code : measuring.neighbours().get()) {
              json.writeString(code);
            }
            json.writeEndArray();
          } else {
            json.writeNullField("neighbours");
          }
          number(json, "batteryLowMv", measuring.watch().batteryLowMv());
          number(json, "fastRiseMmPerMin", measuring.watch().fastRiseMmPerMin());
          json.writeNumberField("offsetMm", held.offsetMm());
          json.writeStringField("version", held.version());
          json.writeArrayFieldStart("offsets");
          for (SensorOffset offset : offsets) {
            write(json, offset);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, SensorOffset offset) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", offset.id());
    json.writeNumberField("offsetMm", offset.offsetMm());
    json.writeNumberField("nights", offset.nights());
    json.writeNumberField("readings", offset.readings());
    json.writeNumberField("spreadMm", offset.spreadMm());
    json.writeStringField("state", offset.state());
    json.writeStringField("proposedAt", Json.time(offset.proposedAt()));
    Json.writeTime(json, "decidedAt", offset.decidedAt());
    Json.writeText(json, "decidedBy", offset.decidedBy());
    Json.writeTime(json, "validFrom", offset.validFrom());
    Json.writeTime(json, "validUntil", offset.validUntil());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String field, OptionalInt value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(field, value.getAsInt());
    } else {
      json.writeNullField(field);
    }
  }
}
