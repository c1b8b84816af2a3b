package io.floodmark.api.reports;

import io.floodmark.plate.PlateCode;
import io.floodmark.report.FloodDepth;
import io.floodmark.report.ReportCategory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What somebody wants to report, judged. The same rules hold for the form and for JSON. Immutable.
 *
 * @param typed every field as it came, to show the form again
 * @param errors field to key of the text that says what is wrong with it, in the form's order
 * @param category what it is about; empty only with an error
 * @param depth how deep the water is, for a flood
 * @param text what the reporter says; empty where photo or depth says enough
 * @param contact how to ask back
 * @param code of a plate that says where it is
 * @param point where, if the map or the phone said so
 * @param place where, in words
 * @param isTrapped whether the field that people do not see was filled in
 */
public record Filing(
    Map<String, String> typed,
    Map<String, String> errors,
    Optional<ReportCategory> category,
    Optional<FloodDepth> depth,
    Optional<String> text,
    Optional<String> contact,
    Optional<PlateCode> code,
    Optional<Point> point,
    Optional<String> place,
    boolean isTrapped) {
  /** The field that only programs fill in. */
  static final String TRAP = "website";

  static final List<String> FIELDS =
      List.of("category", "depth", "text", "code", "lon", "lat", "place", "contact", TRAP);

  private static final int KEPT_MAX = 8_000;

  /** What stands on a forged plate can have any form, but it is no letter. */
  private static final int CODE_MAX = 40;

  /**
   * A place on the map.
   *
   * @param lon degrees east, WGS 84, -180 to 180
   * @param lat degrees north, -90 to 90
   */
  public record Point(double lon, double lat) {}

  /** Copies the maps. */
  public Filing {
    typed = Map.copyOf(typed);
    errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
  }

  /**
   * Judges the fields.
   *
   * @param field what was sent under a name
   * @param hasPhotos whether a photo came along, which can speak for itself
   */
  static Filing of(Function<String, Optional<String>> field, boolean hasPhotos) {
    Map<String, String> typed = new LinkedHashMap<>();
    for (String name : FIELDS) {
      field
          .apply(name)
          .map(ReportText::clean)
          .filter(value -> !value.isEmpty())
          .ifPresent(value -> typed.put(name, shortened(value)));
    }
    Map<String, String> errors = new LinkedHashMap<>();
    Optional<ReportCategory> category = value(typed, "category").flatMap(ReportCategory::find);
    if (category.isEmpty()) {
      errors.put("category", "error.category");
    }
    boolean isFlood = category.equals(Optional.of(ReportCategory.FLOOD));
    Optional<FloodDepth> depth =
        value(typed, "depth").filter(key -> isFlood).flatMap(FloodDepth::find);
    checkText(typed, errors, "text", ReportText.TEXT_MAX);
    checkText(typed, errors, "place", ReportText.LINE_MAX);
    checkText(typed, errors, "contact", ReportText.LINE_MAX);
    Optional<String> text = value(typed, "text");
    if (text.isEmpty() && depth.isEmpty() && !hasPhotos) {
      errors.put("text", "error.text");
    }
    Optional<PlateCode> code = value(typed, "code").flatMap(PlateCode::parse);
    boolean isPlate = category.equals(Optional.of(ReportCategory.PLATE));
    boolean readable = code.isPresent() || (isPlate && isOneShortLine(typed));
    if (typed.containsKey("code") && !readable) {
      errors.put("code", "error.code");
    }
    Optional<Point> point = point(typed);
    return new Filing(
        typed,
        errors,
        category,
        depth,
        text,
        value(typed, "contact"),
        code,
        point,
        value(typed, "place"),
        typed.containsKey(TRAP));
  }

  /** The same with one more thing wrong. */
  Filing withError(String field, String textKey) {
    Map<String, String> more = new LinkedHashMap<>(errors);
    more.put(field, textKey);
    return new Filing(typed, more, category, depth, text, contact, code, point, place, isTrapped);
  }

  /** The same with nothing wrong, as before anything was sent. */
  Filing withoutErrors() {
    return new Filing(
        typed, Map.of(), category, depth, text, contact, code, point, place, isTrapped);
  }

  /** The same at that point. */
  Filing at(Point newPoint) {
    return new Filing(
        typed,
        errors,
        category,
        depth,
        text,
        contact,
        code,
        Optional.of(newPoint),
        place,
        isTrapped);
  }

  /**
   * The same with a plate's code as words for staff instead of as a place.
   *
   * @param line what they read below the reporter's words
   */
  Filing withCodeAsWords(String line) {
    return new Filing(
        typed,
        errors,
        category,
        depth,
        Optional.of(text.map(words -> words + "\n" + line).orElse(line)),
        contact,
        Optional.empty(),
        point,
        place,
        isTrapped);
  }

  /** Whether it is about the plate itself: such a plate need not be in the register. */
  boolean isAboutPlate() {
    return category.equals(Optional.of(ReportCategory.PLATE)) && typed.containsKey("code");
  }

  /** Whether a code came with it that can be looked up, or kept as it is. */
  boolean hasCode() {
    return typed.containsKey("code") && !errors.containsKey("code");
  }

  /** Whether it says where. */
  boolean hasPlace() {
    return code.isPresent() || point.isPresent() || place.isPresent();
  }

  /** A field as it was typed, empty if it was not. */
  public String typed(String field) {
    return typed.getOrDefault(field, "");
  }

  private static boolean isOneShortLine(Map<String, String> typed) {
    String code = typed.getOrDefault("code", "");
    return code.codePointCount(0, code.length()) <= CODE_MAX
        && code.indexOf('\n') < 0
        && ReportText.isPlain(code);
  }

  private static Optional<String> value(Map<String, String> typed, String field) {
    return Optional.ofNullable(typed.get(field));
  }

  private static void checkText(
      Map<String, String> typed, Map<String, String> errors, String field, int max) {
    String value = typed.getOrDefault(field, "");
    if (value.codePointCount(0, value.length()) > max) {
      errors.put(field, "error." + field + ".long");
    } else if (!ReportText.isPlain(value)) {
      errors.put(field, "error.plain");
    }
  }

  /**
   * A position that is none, or that no ward has, is left out: the form asks for the place then.
   */
  private static Optional<Point> point(Map<String, String> typed) {
    try {
      double lon = Double.parseDouble(typed.getOrDefault("lon", ""));
      double lat = Double.parseDouble(typed.getOrDefault("lat", ""));
      boolean onEarth = Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
      return onEarth && (lon != 0 || lat != 0)
          ? Optional.of(new Point(rounded(lon), rounded(lat)))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A tenth of a metre is more than any phone knows. */
  private static double rounded(double degrees) {
    return Math.rint(degrees * 1e6) / 1e6;
  }

  private static String shortened(String value) {
    return value.length() <= KEPT_MAX ? value : value.substring(0, KEPT_MAX);
  }
}
