package io.floodmark.ingest.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.floodmark.ingest.commit.Fit;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one known field of an element came to.
 *
 * @param verdict whether it could be read
 * @param whole its value where it is a whole number
 * @param fraction its value where it may have a fraction, a four-byte float
 */
record JsonValue(Verdict verdict, long whole, float fraction) {
  enum Verdict {
    /** It has a value. */
    READ,
    /** Not there, or null. */
    ABSENT,
    /** There, but of another type, or not admitted: left out, and counted. */
    UNREADABLE,
    /** It does not fit, and takes the element with it. */
    OUT_OF_RANGE
  }

  static final JsonValue ABSENT = new JsonValue(Verdict.ABSENT, 0, 0);
  private static final JsonValue UNREADABLE = new JsonValue(Verdict.UNREADABLE, 0, 0);
  private static final JsonValue OUT_OF_RANGE = new JsonValue(Verdict.OUT_OF_RANGE, 0, 0);

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2})([.][0-9]+)?"
              + "([Zz]|[+-][0-9]{2}:[0-9]{2})");

  /** How a field is read; the parser stands at its value and is left at its end. */
  @FunctionalInterface
  interface Reader {
    JsonValue read(JsonParser parser) throws IOException;
  }

  OptionalInt asInt() {
    return verdict == Verdict.READ ? OptionalInt.of((int) whole) : OptionalInt.empty();
  }

  OptionalLong asLong() {
    return verdict == Verdict.READ ? OptionalLong.of(whole) : OptionalLong.empty();
  }

  OptionalDouble asDouble() {
    return verdict == Verdict.READ ? OptionalDouble.of(fraction) : OptionalDouble.empty();
  }

  /** A measurement in whole millimetres; what fits no {@code int} is out of range. */
  static JsonValue wholeMm(JsonParser parser) throws IOException {
    return rounded(parser, Integer.MIN_VALUE, Integer.MAX_VALUE, OUT_OF_RANGE);
  }

  /** Reads a number that lies from {@code min} to {@code max} once it is rounded. */
  static Reader roundedWithin(int min, int max) {
    return parser -> rounded(parser, min, max, UNREADABLE);
  }

  /** A measurement that fits a four-byte float. */
  static JsonValue rainMm(JsonParser parser) throws IOException {
    return fraction(parser, Float.MAX_VALUE, OUT_OF_RANGE);
  }

  /** Reads a number from {@code -limit} to {@code limit}. */
  static Reader within(double limit) {
    return parser -> fraction(parser, limit, UNREADABLE);
  }

  /** A running number: whole, 0 or more, within 63 bits. */
  static JsonValue seq(JsonParser parser) throws IOException {
    if (!isLong(parser)) {
      return notANumber(parser);
    }
    long value = parser.getLongValue();
    return value >= 0 ? new JsonValue(Verdict.READ, value, 0) : UNREADABLE;
  }

  /** Milliseconds since 1970, or text as in RFC 3339. */
  static JsonValue time(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT -> isLong(parser) ? ofMillis(parser.getLongValue()) : OUT_OF_RANGE;
      case VALUE_STRING -> ofText(parser.getText());
      default -> notANumber(parser);
    };
  }

  private static JsonValue ofText(String text) {
    Matcher parts = RFC_3339.matcher(text);
    if (!parts.matches()) {
      return UNREADABLE;
    }
    // Java reads nine digits of a fraction, and only whole milliseconds are wanted.
    String fraction = parts.group(2) == null ? "" : parts.group(2);
    String millis = fraction.substring(0, Math.min(fraction.length(), ".123".length()));
    try {
      return ofMillis(
          OffsetDateTime.parse(parts.group(1) + millis + parts.group(3))
              .toInstant()
              .toEpochMilli());
    } catch (DateTimeException e) {
      return UNREADABLE;
    }
  }

  private static JsonValue ofMillis(long millis) {
    return millis < Fit.TS_MILLIS_BELOW ? new JsonValue(Verdict.READ, millis, 0) : OUT_OF_RANGE;
  }

  private static JsonValue rounded(JsonParser parser, int min, int max, JsonValue otherwise)
      throws IOException {
    if (!parser.currentToken().isNumeric()) {
      return notANumber(parser);
    }
    long rounded = isLong(parser) ? parser.getLongValue() : rounded(parser.getDoubleValue());
    return rounded >= min && rounded <= max ? new JsonValue(Verdict.READ, rounded, 0) : otherwise;
  }

  /** Halves away from zero. What is beyond long saturates, and is out of range just as well. */
  private static long rounded(double value) {
    return value < 0 ? -Math.round(-value) : Math.round(value);
  }

  private static JsonValue fraction(JsonParser parser, double limit, JsonValue otherwise)
      throws IOException {
    if (!parser.currentToken().isNumeric()) {
      return notANumber(parser);
    }
    double value = parser.getDoubleValue();
    // In the precision of the columns, so that all who judge it judge what is stored.
    return Math.abs(value) <= limit ? new JsonValue(Verdict.READ, 0, (float) value) : otherwise;
  }

  private static boolean isLong(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
  }

  private static JsonValue notANumber(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    parser.skipChildren();
    return token == JsonToken.VALUE_NULL ? ABSENT : UNREADABLE;
  }
}
