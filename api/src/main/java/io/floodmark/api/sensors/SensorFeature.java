package io.floodmark.api.sensors;

import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.api.http.Json;
import io.floodmark.api.nowcast.OutlookJson;
import io.floodmark.passability.Passability;
import io.floodmark.passability.TravelMode;
import io.floodmark.passability.TravelRules;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A sensor as a GeoJSON Feature (RFC 7946). Pure. */
public final class SensorFeature {
  /** The media type of GeoJSON. */
  public static final String CONTENT_TYPE = "application/geo+json";

  private SensorFeature() {}

  /** A FeatureCollection of {@code sensors} as they stand at {@code now}. */
  public static byte[] collection(List<SensorView> sensors, Instant now) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "FeatureCollection");
          json.writeArrayFieldStart("features");
          for (SensorView sensor : sensors) {
            write(json, sensor, now);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** One Feature. */
  public static byte[] bytes(SensorView sensor, Instant now) {
    return Json.bytes(json -> write(json, sensor, now));
  }

  private static void write(JsonGenerator json, SensorView sensor, Instant now) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    json.writeStringField("id", sensor.code());
    json.writeObjectFieldStart("geometry");
    json.writeStringField("type", "Point");
    json.writeArrayFieldStart("coordinates");
    json.writeNumber(sensor.lon());
    json.writeNumber(sensor.lat());
    json.writeEndArray();
    json.writeEndObject();
    json.writeObjectFieldStart("properties");
    writeProperties(json, sensor, now);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeProperties(JsonGenerator json, SensorView sensor, Instant now)
      throws IOException {
    SensorState state = sensor.stateAt(now);
    json.writeStringField("code", sensor.code());
    json.writeStringField("name", sensor.name());
    json.writeStringField("kind", sensor.kind());
    json.writeStringField("state", state.code());
    Json.writeTime(json, "stateSince", sensor.stateSince(state));
    json.writeNumberField("reportIntervalS", sensor.reportInterval().toSeconds());
    json.writeNumberField("lowPointDeltaMm", sensor.lowPointDeltaMm());
    json.writeArrayFieldStart("thresholdsMm");
    for (int threshold : sensor.thresholdsMm()) {
      json.writeNumber(threshold);
    }
    json.writeEndArray();
    Json.writeInt(json, "lowestVisibleLevel", sensor.lowestVisibleLevel());
    Json.writeText(json, "street", sensor.street());
    Json.writeText(json, "zone", sensor.zone());
    json.writeBooleanField("madeUp", sensor.madeUp());
    writeLatest(json, sensor.latest());
    OptionalInt level = sensor.levelIn(state);
    Json.writeInt(json, "level", level);
    writePassability(json, TravelRules.all(mode -> sensor.passability(mode, state)));
    writeAlert(json, sensor.alert());
    if (sensor.outlookAt(now).standsAt(now)) {
      OutlookJson.write(json, sensor.outlook());
    }
  }

  /** Who gets through, by the keys of the ways of travelling. */
  public static void writePassability(JsonGenerator json, Map<TravelMode, Passability> verdicts)
      throws IOException {
    json.writeObjectFieldStart("passability");
    for (Map.Entry<TravelMode, Passability> verdict : verdicts.entrySet()) {
      json.writeStringField(verdict.getKey().key(), verdict.getValue().code());
    }
    json.writeEndObject();
  }

  private static void writeLatest(JsonGenerator json, Optional<SensorView.Latest> of)
      throws IOException {
    if (of.isEmpty()) {
      json.writeNullField("latest");
      return;
    }
    SensorView.Latest latest = of.get();
    json.writeObjectFieldStart("latest");
    json.writeStringField("observedAt", Json.time(latest.at()));
    Json.writeInt(json, "depthMm", latest.depthMm());
    Json.writeInt(json, "lowPointDepthMm", latest.lowPointDepthMm());
    Json.writeDecimal(json, "trendMmPerMin", latest.trendMmPerMin(), 1);
    json.writeNumberField("qc", latest.qc());
    Json.writeDecimal(json, "rainMm", latest.rainMm(), 2);
    Json.writeInt(json, "batteryMv", latest.batteryMv());
    Json.writeInt(json, "rssiDbm", latest.rssiDbm());
    Json.writeDecimal(json, "temperatureC", latest.temperatureC(), 1);
    json.writeEndObject();
  }

  private static void writeAlert(JsonGenerator json, Optional<SensorView.OpenAlert> of)
      throws IOException {
    if (of.isEmpty()) {
      json.writeNullField("alert");
      return;
    }
    SensorView.OpenAlert alert = of.get();
    json.writeObjectFieldStart("alert");
    json.writeNumberField("id", alert.id());
    json.writeStringField("kind", alert.kind());
    json.writeNumberField("level", alert.level());
    json.writeStringField("state", alert.state());
    json.writeStringField("since", Json.time(alert.since()));
    json.writeEndObject();
  }
}
