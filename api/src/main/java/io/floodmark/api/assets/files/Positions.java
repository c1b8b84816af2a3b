package io.floodmark.api.assets.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.floodmark.api.assets.files.PositionReading.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points that stand in a file as text. */
public final class Positions {
  private static final String NUMBER = "([-+]?\\d{1,3}(?:\\.\\d{0,20})?(?:[eE][-+]?\\d)?)";
  private static final Pattern WKT_POINT =
      Pattern.compile(
          "(?:SRID=4326;\\s*)?POINT\\s*(?:Z\\s*)?\\(\\s*"
              + NUMBER
              + "\\s+"
              + NUMBER
              + "(?:\\s+[-+.\\deE]{1,30})?\\s*\\)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern WKT_OTHER =
      Pattern.compile(
          "(?:SRID=\\d+;\\s*)?(?:(?:MULTI)?(?:POINT|LINESTRING|POLYGON)|GEOMETRYCOLLECTION)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** A decimal point or, as Vietnamese spreadsheets write it, a decimal comma. */
  private static final Pattern DEGREES = Pattern.compile("[-+]?\\d{1,3}(?:[.,]\\d{1,20})?");

  /** What the register takes at most; fewer would change a place on its way out and in again. */
  private static final int DECIMALS = 15;

  private Positions() {}

  /** The point in a GeoJSON geometry or WKT {@code POINT (x y)}; empty when it is none. */
  public static Optional<Position> parse(String text) {
    return read(text).position();
  }

  /** The same with the reason where there is no point. */
  public static PositionReading read(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return PositionReading.nothing();
    }
    if (stripped.startsWith("{")) {
      return readGeoJson(stripped);
    }
    Matcher point = WKT_POINT.matcher(stripped);
    if (point.matches()) {
      return PositionReading.of(
          Double.parseDouble(point.group(1)), Double.parseDouble(point.group(2)), stripped);
    }
    return PositionReading.failed(
        WKT_OTHER.matcher(stripped).matches() ? Fault.OTHER_GEOMETRY : Fault.NOT_UNDERSTOOD,
        stripped);
  }

  /** The point of two cells, degrees with a decimal point or comma. */
  public static PositionReading read(String lon, String lat) {
    String said = lon.strip() + "; " + lat.strip();
    if (lon.isBlank() && lat.isBlank()) {
      return PositionReading.nothing();
    }
    if (!DEGREES.matcher(lon.strip()).matches() || !DEGREES.matcher(lat.strip()).matches()) {
      return PositionReading.failed(Fault.NOT_UNDERSTOOD, said);
    }
    return PositionReading.of(degrees(lon), degrees(lat), said);
  }

  private static double degrees(String text) {
    return Double.parseDouble(text.strip().replace(',', '.'));
  }

  private static PositionReading readGeoJson(String text) {
    try (JsonParser parser = JsonText.FACTORY.createParser(text)) {
      parser.nextToken();
      PositionReading reading = GeoJsonGeometry.read(parser);
      return parser.nextToken() == null
          ? new PositionReading(reading.position(), reading.fault(), RowProblem.shortened(text))
          : PositionReading.failed(Fault.NOT_UNDERSTOOD, text);
    } catch (JsonProcessingException e) {
      return PositionReading.failed(Fault.NOT_UNDERSTOOD, text);
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory cannot fail to be read.", e);
    }
  }

  /** Degrees with at most fifteen decimals, trailing zeros dropped: {@code 106.05}. */
  public static String degrees(double value) {
    return number(value).toPlainString();
  }

  static BigDecimal number(double value) {
    BigDecimal rounded =
        BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  /** The point as WKT, for files of others: {@code POINT (106.05 20.95)}. */
  public static String wkt(Position position) {
    return String.format(
        Locale.ROOT, "POINT (%s %s)", degrees(position.lon()), degrees(position.lat()));
  }
}
