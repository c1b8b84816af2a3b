package io.floodmark.judging;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.surface.Rainfall;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Rainfall} in JSON: {@code {"at":1767225600000,"falls":[1767225000000,0.4,...]}}, times
 * in milliseconds since 1970.
 */
public final class RainfallJson {
  private RainfallJson() {}

  static void write(JsonGenerator json, Rainfall rainfall) throws IOException {
    json.writeStartObject();
    json.writeNumberField("at", rainfall.lastAt().toEpochMilli());
    json.writeArrayFieldStart("falls");
    for (Rainfall.Fall fall : rainfall.falls()) {
      json.writeNumber(fall.from().toEpochMilli());
      json.writeNumber(fall.rainMm());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** What such JSON holds; {@link Rainfall#NONE} where there is none. */
  public static Rainfall read(JsonNode json) {
    if (!json.has("at")) {
      return Rainfall.NONE;
    }
    List<Rainfall.Fall> falls = new ArrayList<>();
    JsonNode array = json.path("falls");
    for (int i = 0; i + 1 < array.size(); i += 2) {
      Instant from = Instant.ofEpochMilli(array.path(i).longValue());
      falls.add(new Rainfall.Fall(from, array.path(i + 1).doubleValue()));
    }
    return new Rainfall(falls, Instant.ofEpochMilli(json.path("at").longValue()));
  }
}
