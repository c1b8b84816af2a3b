package io.floodmark.api.sensors.register;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * One row of a list of sensors: what it says, and by leaving out, what it leaves as it is.
 *
 * @param label how a fault in it is located: {@code row 3}
 * @param cells the cells that are not empty, by column
 */
public record SensorRow(String label, Map<String, String> cells) {
  /** The columns of a list, in the order in which it is written. */
  public static final List<String> COLUMNS =
      List.of(
          "code",
          "name",
          "lon",
          "lat",
          "kind",
          "mount_height_mm",
          "low_point_delta_mm",
          "report_interval_s",
          "gateway",
          "zone",
          "street",
          "token");

  /** The thresholds of levels 1 to 4, at the street's low point. */
  public static final List<String> THRESHOLDS =
      List.of("attention_mm", "warning_mm", "danger_mm", "severe_mm");

  /** Time after which a level that is no longer met ends. */
  public static final String CLEAR_DELAY = "clear_delay_s";

  private static final int THRESHOLD_MAX_MM = 20_000;
  private static final int CLEAR_DELAY_MAX_S = 86_400;
  private static final int TEXT_MAX = 200;

  /** A row with a copy of those cells. */
  public SensorRow {
    cells = Map.copyOf(cells);
  }

  /** The code, if there is one and it is one. */
  Optional<SensorCode> findCode() {
    return find("code").filter(SensorCode::isValid).map(SensorCode::new);
  }

  /**
   * The sensor that the row describes. A cell that is missing or empty leaves what is registered;
   * for a new sensor it means the default.
   *
   * @param registered the sensor of that code as it is now
   * @param problems takes each fault
   * @return empty if there was a fault
   */
  Optional<SensorEntry> over(Optional<SensorEntry> registered, List<SensorFault> problems) {
    int before = problems.size();
    Optional<SensorCode> code = findCode();
    if (code.isEmpty()) {
      problems.add(
          fault("code", "1 to 32 letters, digits, _ or -, beginning with one of the first two"));
    }
    Optional<SensorKind> kind =
        read("kind", SensorKind::find, "distance, depth or rain", problems)
            .or(() -> registered.map(SensorEntry::kind));
    Optional<Double> lon = degrees("lon", 180, problems).or(() -> registered.map(SensorEntry::lon));
    Optional<Double> lat = degrees("lat", 90, problems).or(() -> registered.map(SensorEntry::lat));
    Optional<Integer> mountHeight =
        whole("mount_height_mm", 1, SensorEntry.MOUNT_HEIGHT_MAX_MM, problems)
            .or(() -> registered.map(SensorEntry::mountHeightMm).flatMap(SensorRow::boxed));
    Optional<Integer> lowPointDelta =
        whole("low_point_delta_mm", 0, SensorEntry.LOW_POINT_DELTA_MAX_MM, problems);
    Optional<Integer> interval =
        whole("report_interval_s", 1, SensorEntry.REPORT_INTERVAL_MAX_S, problems);
    findToken(problems);
    for (String column : List.of("name", "gateway", "zone", "street")) {
      read(
          column,
          SensorRow::text,
          "at most " + TEXT_MAX + " characters on one line, in UTF-8",
          problems);
    }
    require("lon", lon, problems);
    require("lat", lat, problems);
    SensorKind certainKind = kind.orElse(SensorKind.DISTANCE);
    if (certainKind == SensorKind.DISTANCE) {
      require("mount_height_mm", mountHeight, problems);
    }
    if (problems.size() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new SensorEntry(
            code.orElseThrow(),
            find("name")
                .or(() -> registered.map(SensorEntry::name))
                .orElseGet(() -> code.orElseThrow().value()),
            certainKind,
            lon.orElseThrow(),
            lat.orElseThrow(),
            mountHeight.map(OptionalInt::of).orElseGet(OptionalInt::empty),
            lowPointDelta.or(() -> registered.map(SensorEntry::lowPointDeltaMm)).orElse(0),
            interval
                .or(() -> registered.map(SensorEntry::reportIntervalS))
                .orElse(SensorEntry.REPORT_INTERVAL_DEFAULT_S),
            find("gateway").or(() -> registered.flatMap(SensorEntry::gateway)),
            find("zone").or(() -> registered.flatMap(SensorEntry::zone)),
            find("street").or(() -> registered.flatMap(SensorEntry::street))));
  }

  /**
   * The thresholds and the delay that the row gives; what it leaves out stays as registered, or is
   * the default. Lists have no columns for them, forms and JSON have.
   *
   * @param registered the policy of that sensor as it is now
   * @param problems takes each fault
   * @return empty if there was a fault
   */
  Optional<AlertPolicy> policyOver(Optional<AlertPolicy> registered, List<SensorFault> problems) {
    int before = problems.size();
    List<Integer> known =
        registered.map(AlertPolicy::thresholdsMm).orElse(AlertPolicy.DEFAULT_THRESHOLDS_MM);
    List<Integer> thresholdsMm = new ArrayList<>();
    for (int i = 0; i < THRESHOLDS.size(); i++) {
      thresholdsMm.add(
          whole(THRESHOLDS.get(i), 1, THRESHOLD_MAX_MM, problems).orElse(known.get(i)));
    }
    Duration delay =
        whole(CLEAR_DELAY, 0, CLEAR_DELAY_MAX_S, problems)
            .map(Duration::ofSeconds)
            .or(() -> registered.map(AlertPolicy::clearDelay))
            .orElse(AlertPolicy.DEFAULT_CLEAR_DELAY);
    for (int i = 1; i < THRESHOLDS.size() && problems.size() == before; i++) {
      if (thresholdsMm.get(i) <= thresholdsMm.get(i - 1)) {
        problems.add(
            SensorFault.wrong(
                THRESHOLDS.get(i),
                "%d is not allowed; it has to be more than %s, which is %d"
                    .formatted(
                        thresholdsMm.get(i), THRESHOLDS.get(i - 1), thresholdsMm.get(i - 1))));
      }
    }
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(new AlertPolicy(thresholdsMm, delay));
  }

  /** The token that the row gives; adds a problem if that is none. */
  Optional<SensorToken> findToken(List<SensorFault> problems) {
    Optional<String> given = find("token");
    if (given.isPresent() && !SensorToken.isValid(given.get())) {
      // Not shown: it may be the real one, with a space at its end.
      problems.add(
          SensorFault.wrong(
              "token",
              "not usable (%d characters); allowed are %s, or nothing for a new one"
                  .formatted(given.get().length(), SensorToken.ALLOWED)));
      return Optional.empty();
    }
    return given.map(SensorToken::new);
  }

  private Optional<String> find(String column) {
    return Optional.ofNullable(cells.get(column));
  }

  private Optional<Double> degrees(String column, int most, List<SensorFault> problems) {
    return read(
        column,
        text -> decimal(text).filter(degrees -> Math.abs(degrees) <= most),
        "decimal degrees from -%d to %d with a point, such as %s"
            .formatted(most, most, most == 90 ? "20.9411" : "106.0712"),
        problems);
  }

  private Optional<Integer> whole(String column, int least, int most, List<SensorFault> problems) {
    return read(
        column,
        text ->
            decimal(text)
                .filter(n -> n >= least && n <= most && n == Math.rint(n))
                .map(Double::intValue),
        "a whole number from " + least + " to " + most,
        problems);
  }

  private <T> Optional<T> read(
      String column,
      Function<String, Optional<T>> parse,
      String allowed,
      List<SensorFault> problems) {
    Optional<String> cell = find(column);
    Optional<T> value = cell.flatMap(parse);
    if (cell.isPresent() && value.isEmpty()) {
      problems.add(fault(column, allowed));
    }
    return value;
  }

  private void require(String column, Optional<?> value, List<SensorFault> problems) {
    if (value.isEmpty() && find(column).isEmpty()) {
      problems.add(SensorFault.missing(column));
    }
  }

  private SensorFault fault(String column, String allowed) {
    return find(column)
        .map(
            cell ->
                SensorFault.wrong(
                    column,
                    "\"%s\" is not allowed; allowed is %s".formatted(shortened(cell), allowed)))
        .orElseGet(() -> SensorFault.missing(column));
  }

  private static String shortened(String cell) {
    String line = cell.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 40 ? line : line.substring(0, 40) + "...";
  }

  private static Optional<String> text(String cell) {
    // U+FFFD: read under a character set that it was not written in.
    boolean readable =
        cell.indexOf('\uFFFD') < 0 && cell.chars().noneMatch(Character::isISOControl);
    return cell.length() <= TEXT_MAX && readable ? Optional.of(cell) : Optional.empty();
  }

  /** Stricter than Java's own, which takes hexadecimal, NaN and a trailing d. */
  private static Optional<Double> decimal(String text) {
    return text.matches("-?\\d{1,9}(\\.\\d{1,12})?")
        ? Optional.of(Double.valueOf(text))
        : Optional.empty();
  }

  private static Optional<Integer> boxed(OptionalInt value) {
    return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
  }
}
