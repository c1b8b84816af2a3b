package io.floodmark.sim.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Writes readings as docs/wire-format.md says. Written from that page alone, apart from any
 * decoder. Pure.
 */
public final class JsonReadings {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonReadings() {}

  /** One reading as one JSON object. */
  public static String encode(SensorReading reading) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(reading, json);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed.", e);
    }
    return text.toString();
  }

  /** Several readings as one JSON array, in the order given. */
  public static String encode(List<SensorReading> readings) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (SensorReading reading : readings) {
        write(reading, json);
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed.", e);
    }
    return text.toString();
  }

  private static void write(SensorReading reading, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Field field : Field.values()) {
      Optional<BigDecimal> value = reading.find(field);
      if (value.isPresent()) {
        json.writeFieldName(field.key());
        // Plain digits: small parsers on the way do not all read exponents.
        json.writeNumber(value.get().toPlainString());
      }
    }
    json.writeEndObject();
  }
}
