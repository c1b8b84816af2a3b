package io.floodmark.api.streets;

import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.api.http.Json;
import io.floodmark.api.sensors.SensorFeature;
import io.floodmark.passability.TravelLimits;
import io.floodmark.passability.TravelMode;
import io.floodmark.passability.TravelRules;
import java.io.IOException;
import java.util.List;

/** Stretches as GeoJSON (RFC 7946). Pure. */
final class StreetFeature {
  private StreetFeature() {}

  /** A FeatureCollection, with the limits of the ways of travelling as a member of its own. */
  static byte[] collection(List<StretchNow> stretches, TravelRules rules) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("type", "FeatureCollection");
          json.writeBooleanField("forReferenceOnly", true);
          json.writeObjectFieldStart("limits");
          for (TravelMode mode : TravelMode.values()) {
            TravelLimits limits = rules.of(mode);
            json.writeObjectFieldStart(mode.key());
            json.writeNumberField("cautionFromMm", limits.cautionFromMm());
            json.writeNumberField("noFromMm", limits.noFromMm());
            json.writeEndObject();
          }
          json.writeEndObject();
          json.writeArrayFieldStart("features");
          for (StretchNow stretch : stretches) {
            write(json, stretch);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** One Feature. */
  static byte[] bytes(StretchNow stretch) {
    return Json.bytes(json -> write(json, stretch));
  }

  private static void write(JsonGenerator json, StretchNow now) throws IOException {
    Stretch stretch = now.stretch();
    json.writeStartObject();
    json.writeStringField("type", "Feature");
    json.writeNumberField("id", stretch.id());
    json.writeFieldName("geometry");
    stretch.lines().writeGeometry(json);
    json.writeObjectFieldStart("properties");
    json.writeStringField("name", stretch.name());
    json.writeArrayFieldStart("sensors");
    for (String code : stretch.sensors()) {
      json.writeString(code);
    }
    json.writeEndArray();
    SensorFeature.writePassability(json, now.passability());
    Json.writeTime(json, "observedAt", now.observedAt());
    json.writeBooleanField("madeUp", stretch.madeUp());
    json.writeNumberField("version", stretch.version());
    json.writeEndObject();
    json.writeEndObject();
  }
}
