package io.floodmark.ingest.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.floodmark.ingest.commit.Rejection;
import io.floodmark.ingest.commit.Rejection.Reason;
import io.floodmark.ingest.payload.JsonValue.Verdict;
import io.floodmark.reading.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Readings as JSON: one object, or an array of them that is judged element by element. The rules of
 * each field stand in {@code docs/wire-format.md}.
 */
public final class JsonReadings implements PayloadDecoder {
  // A reading is flat; deeper nesting can only lie in fields that are ignored.
  private static final int NESTING_DEPTH_MAX = 64;
  private static final double TEMPERATURE_LIMIT_C = 1_000;
  private static final int BATTERY_MAX_MV = 100_000;

  // Names come from strangers: a table that remembers them would be filled by them.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(NESTING_DEPTH_MAX)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  @SuppressWarnings("ImmutableEnumChecker") // a reader holds two limits at most
  private enum Field {
    TS(JsonValue::time),
    DISTANCE_MM(JsonValue::wholeMm),
    DEPTH_MM(JsonValue::wholeMm),
    RAIN_MM(JsonValue::rainMm),
    BATTERY_MV(JsonValue.roundedWithin(0, BATTERY_MAX_MV)),
    RSSI_DBM(JsonValue.roundedWithin(Short.MIN_VALUE, Short.MAX_VALUE)),
    TEMPERATURE_C(JsonValue.within(TEMPERATURE_LIMIT_C)),
    HOUSING_C(JsonValue.within(TEMPERATURE_LIMIT_C)),
    SEQ(JsonValue::seq);

    private static final List<Field> ALL = List.of(values());
    private static final Map<String, Field> BY_NAME =
        ALL.stream().collect(Collectors.toUnmodifiableMap(Field::inJson, field -> field));

    private final JsonValue.Reader reader;

    Field(JsonValue.Reader reader) {
      this.reader = reader;
    }

    private String inJson() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Decoded decode(byte[] payload) {
    String text;
    try {
      text = textOf(payload);
    } catch (CharacterCodingException e) {
      return Decoded.rejected(Reason.SYNTAX, "Not UTF-8.", payload);
    }
    // From characters, not bytes: given bytes, Jackson would also take UTF-16 and UTF-32.
    try (JsonParser parser = JSON.createParser(text)) {
      return read(parser, text, payload);
    } catch (JsonProcessingException e) {
      return Decoded.rejected(Reason.SYNTAX, "Not JSON" + at(e.getLocation()) + ".", payload);
    } catch (IOException e) {
      throw new UncheckedIOException("A string in memory could not be read.", e);
    }
  }

  private static String textOf(byte[] payload) throws CharacterCodingException {
    for (byte b : payload) {
      if (b < 0) {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
      }
    }
    // ASCII, as nearly all are: there is nothing to decode.
    return new String(payload, StandardCharsets.ISO_8859_1);
  }

  private static Decoded read(JsonParser parser, String text, byte[] payload) throws IOException {
    Elements elements = new Elements(text);
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.read(parser);
      }
    } else if (first == JsonToken.START_OBJECT) {
      elements.read(parser);
    } else {
      return Decoded.rejected(Reason.SYNTAX, "Neither an object nor an array.", payload);
    }
    if (parser.nextToken() != null) {
      return Decoded.rejected(Reason.SYNTAX, "Something follows after the end.", payload);
    }
    if (elements.readings.isEmpty() && elements.rejections.isEmpty()) {
      return Decoded.rejected(Reason.EMPTY, "An array without readings.", payload);
    }
    return new Decoded(elements.readings, elements.rejections, elements.badFields);
  }

  private static String at(JsonLocation location) {
    // Jackson's own message quotes the input; this one is shown to staff.
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** The elements of one message, as they are read. */
  private static final class Elements {
    private final String text;
    private final List<Reading> readings = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private int badFields;

    Elements(String text) {
      this.text = text;
    }

    /** Reads the element at which {@code parser} stands, and leaves it at its end. */
    void read(JsonParser parser) throws IOException {
      long start = parser.currentTokenLocation().getCharOffset();
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        parser.finishToken();
        reject(Reason.SYNTAX, "An element that is no object.", start, parser);
        return;
      }
      Map<Field, JsonValue> values = new EnumMap<>(Field.class);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        Field field = Field.BY_NAME.get(parser.currentName());
        parser.nextToken();
        if (field == null) {
          parser.skipChildren();
        } else {
          // Of a name that is there twice the last one counts, as for most readers of JSON.
          values.put(field, field.reader.read(parser));
        }
      }
      judge(values, start, parser);
    }

    private void judge(Map<Field, JsonValue> values, long start, JsonParser parser) {
      int unreadable = 0;
      for (Field field : Field.ALL) {
        Verdict verdict = of(values, field).verdict();
        if (verdict == Verdict.OUT_OF_RANGE) {
          reject(Reason.RANGE, field.inJson() + " does not fit.", start, parser);
          return;
        }
        if (verdict == Verdict.UNREADABLE) {
          unreadable++;
        }
      }
      if (!isRead(values, Field.DISTANCE_MM)
          && !isRead(values, Field.DEPTH_MM)
          && !isRead(values, Field.RAIN_MM)) {
        reject(Reason.EMPTY, "No number in distance_mm, depth_mm or rain_mm.", start, parser);
        return;
      }
      readings.add(
          new Reading(
              of(values, Field.TS).asLong(),
              of(values, Field.DISTANCE_MM).asInt(),
              of(values, Field.DEPTH_MM).asInt(),
              of(values, Field.RAIN_MM).asDouble(),
              of(values, Field.BATTERY_MV).asInt(),
              of(values, Field.RSSI_DBM).asInt(),
              of(values, Field.TEMPERATURE_C).asDouble(),
              of(values, Field.HOUSING_C).asDouble(),
              of(values, Field.SEQ).asLong()));
      badFields += unreadable;
    }

    private void reject(Reason reason, String detail, long start, JsonParser parser) {
      int end = (int) parser.currentLocation().getCharOffset();
      byte[] element = text.substring((int) start, end).getBytes(StandardCharsets.UTF_8);
      rejections.add(new Rejection(reason, detail, element, element.length));
    }

    private static boolean isRead(Map<Field, JsonValue> values, Field field) {
      return of(values, field).verdict() == Verdict.READ;
    }

    private static JsonValue of(Map<Field, JsonValue> values, Field field) {
      return values.getOrDefault(field, JsonValue.ABSENT);
    }
  }
}
