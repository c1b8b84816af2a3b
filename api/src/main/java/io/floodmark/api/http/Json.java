package io.floodmark.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * JSON as this server writes it: UTF-8, times in ISO 8601 UTC with three digits of milliseconds,
 * nothing left out (absent is null). Safe for use by any thread.
 */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Json() {}

  /** Writes a value. */
  @FunctionalInterface
  public interface Content {
    /** Writes to {@code json}. */
    void write(JsonGenerator json) throws IOException;
  }

  /** The bytes of what {@code content} writes. */
  public static byte[] bytes(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A time as text. */
  public static String time(Instant time) {
    return TIME.format(time);
  }

  /** A time or null. */
  public static void writeTime(JsonGenerator json, String name, Optional<Instant> time)
      throws IOException {
    writeText(json, name, time.map(Json::time));
  }

  /** A text or null. */
  public static void writeText(JsonGenerator json, String name, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(name, text.get());
    } else {
      json.writeNullField(name);
    }
  }

  /** A whole number or null. */
  public static void writeInt(JsonGenerator json, String name, OptionalInt number)
      throws IOException {
    if (number.isPresent()) {
      json.writeNumberField(name, number.getAsInt());
    } else {
      json.writeNullField(name);
    }
  }

  /** A number rounded to {@code decimals}, or null; null too where JSON has no word for it. */
  public static void writeDecimal(
      JsonGenerator json, String name, OptionalDouble number, int decimals) throws IOException {
    if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
      double scale = Math.pow(10, decimals);
      // Adding zero turns -0.0 into 0.0.
      json.writeNumberField(name, Math.rint(number.getAsDouble() * scale) / scale + 0.0);
    } else {
      json.writeNullField(name);
    }
  }
}
