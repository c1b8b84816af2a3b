package io.floodmark.ingest.mqtt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.floodmark.sensor.SensorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What readers are sent: the retained messages of {@code levels/{code}} and {@code alerts/{code}},
 * JSON in UTF-8, in the words of the HTTP interface. Every field is always there; what is unknown
 * is {@code null}. Pure.
 */
final class ReaderMessages {
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private ReaderMessages() {}

  /**
   * The newest processed reading of a sensor.
   *
   * @param code the sensor
   * @param observedAt event time
   * @param depthMm depth at the sensor
   * @param lowPointDepthMm depth at the street's low point
   * @param level 0 to 4; empty where the reading is bad. That a sensor has gone silent is not said
   *     here: readers compare {@code observedAt}
   * @param trendMmPerMin rise, negative while it falls
   * @param qc quality flag: 1, 2, 3, 4 or 9
   */
  record Level(
      SensorCode code,
      Instant observedAt,
      OptionalInt depthMm,
      OptionalInt lowPointDepthMm,
      OptionalInt level,
      OptionalDouble trendMmPerMin,
      OptionalInt qc) {

    /**
     * {@code {"code":"bvd-03","observedAt":"2026-11-21T13:05:00.000Z","depthMm":142,
     * "lowPointDepthMm":322,"level":3,"trendMmPerMin":6.5,"qc":1}}.
     */
    byte[] toJson() {
      return json(
          out -> {
            out.writeStringField("code", code.value());
            out.writeStringField("observedAt", MILLIS.format(observedAt));
            write(out, "depthMm", depthMm);
            write(out, "lowPointDepthMm", lowPointDepthMm);
            write(out, "level", level);
            out.writeFieldName("trendMmPerMin");
            if (trendMmPerMin.isPresent()) {
              out.writeNumber(trendMmPerMin.getAsDouble());
            } else {
              out.writeNull();
            }
            write(out, "qc", qc);
          });
    }
  }

  /**
   * The alert of a sensor as it stands: of those that are open the flood, else the most urgent; if
   * none is, the newest.
   *
   * @param id of the alert
   * @param kind {@code flood}, or another key of {@link io.floodmark.alert.AlertKind}
   * @param level 1 to 4: of the flood now, or the last one before it cleared; of other kinds how
   *     urgent they are
   * @param state {@code active} or {@code cleared}
   * @param since when it was raised
   */
  record Alert(long id, String kind, int level, String state, Instant since) {
    /**
     * {@code {"id":812,"kind":"flood","level":3,"state":"active",
     * "since":"2026-11-21T13:03:00.000Z"}}.
     */
    byte[] toJson() {
      return json(
          out -> {
            out.writeNumberField("id", id);
            out.writeStringField("kind", kind);
            out.writeNumberField("level", level);
            out.writeStringField("state", state);
            out.writeStringField("since", MILLIS.format(since));
          });
    }
  }

  private interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  private static byte[] json(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Bytes in memory could not be written.", e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator out, String name, OptionalInt value) throws IOException {
    out.writeFieldName(name);
    if (value.isPresent()) {
      out.writeNumber(value.getAsInt());
    } else {
      out.writeNull();
    }
  }
}
