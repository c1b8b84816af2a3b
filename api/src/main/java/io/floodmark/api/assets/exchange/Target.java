package io.floodmark.api.assets.exchange;

import io.floodmark.api.assets.Length;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a column of a list goes. Immutable.
 *
 * @param field key of a field, or {@link #POINT}, {@link #KIND} or {@link #SOURCE}
 * @param unit of lengths that are written without one; empty for the field's own
 */
public record Target(String field, Optional<Length> unit) {
  /** A position in one cell: GeoJSON or WKT. */
  public static final String POINT = "point";

  /** The kind, where a list holds several. */
  public static final String KIND = "kind";

  /** Where an asset is known from; where no column says it, the name of the list. */
  public static final String SOURCE = "source";

  private static final Pattern WRITTEN = Pattern.compile("([a-z][A-Za-z0-9]{0,39})(?::(mm|cm|m))?");

  /** A field that is no length, or a length in its own unit. */
  public static Target of(String field) {
    return new Target(field, Optional.empty());
  }

  /** Reads {@code heightMm:m} or {@code street}. */
  public static Optional<Target> parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    return written.matches()
        ? Optional.of(
            new Target(
                written.group(1),
                Optional.ofNullable(written.group(2))
                    .map(unit -> Length.valueOf(unit.toUpperCase(Locale.ROOT)))))
        : Optional.empty();
  }

  /** As {@link #parse} reads it. */
  public String written() {
    return unit.map(length -> field + ":" + length.sign()).orElse(field);
  }
}
