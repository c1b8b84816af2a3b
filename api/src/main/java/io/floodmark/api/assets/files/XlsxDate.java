package io.floodmark.api.assets.files;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;

/** Excel keeps dates as numbers of days; only the cell's format tells (ECMA-376 1, 18.8.30). */
final class XlsxDate {
  private static final BigDecimal SECONDS_A_DAY = BigDecimal.valueOf(86_400);

  /** 31 December 9999. */
  private static final BigDecimal SERIAL_MAX = BigDecimal.valueOf(2_958_466);

  /** Excel, as Lotus 1-2-3 before it, believes in a 29 February 1900. */
  private static final int FALSE_LEAP_DAY = 60;

  private static final Pattern NOT_THE_FORMAT =
      Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]]*\\]");
  private static final Pattern ELAPSED = Pattern.compile("(?i)\\[[hms]+\\]");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  private enum Kind {
    NONE,
    DATE,
    TIME
  }

  private XlsxDate() {}

  /** {@code 2026-11-22}, with {@code T07:30:00} where there is a time; empty for other numbers. */
  static Optional<String> read(Cell cell, BigDecimal serial, boolean epoch1904) {
    Integer id = cell.getDataFormatId();
    String format = cell.getDataFormatString();
    Kind kind = kind(id == null ? 0 : id, format == null ? "" : format);
    boolean leapDay = !epoch1904 && serial.intValue() == FALSE_LEAP_DAY;
    if (kind == Kind.NONE || serial.signum() < 0 || serial.compareTo(SERIAL_MAX) >= 0 || leapDay) {
      return Optional.empty();
    }
    long seconds =
        serial.multiply(SECONDS_A_DAY).setScale(0, RoundingMode.HALF_UP).longValueExact();
    LocalDate epoch =
        epoch1904
            ? LocalDate.of(1904, 1, 1)
            : LocalDate.of(1899, 12, serial.intValue() < FALSE_LEAP_DAY ? 31 : 30);
    LocalDateTime time = epoch.atStartOfDay().plus(Duration.ofSeconds(seconds));
    if (kind == Kind.TIME && serial.compareTo(BigDecimal.ONE) < 0) {
      return Optional.of(TIME.format(time));
    }
    boolean midnight = seconds % SECONDS_A_DAY.longValueExact() == 0;
    return Optional.of(midnight ? time.toLocalDate().toString() : DATE_TIME.format(time));
  }

  private static Kind kind(int id, String format) {
    if (format.isEmpty()) {
      // Built in: they have no text in the file.
      if (id >= 18 && id <= 21) {
        return Kind.TIME;
      }
      boolean date = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || id >= 50;
      return date && id <= 58 ? Kind.DATE : Kind.NONE;
    }
    if (ELAPSED.matcher(format).find() || format.equalsIgnoreCase("General")) {
      return Kind.NONE;
    }
    String letters = NOT_THE_FORMAT.matcher(format).replaceAll("").toLowerCase(Locale.ROOT);
    if (letters.indexOf('y') >= 0 || letters.indexOf('d') >= 0) {
      return Kind.DATE;
    }
    boolean time = letters.indexOf('h') >= 0 || letters.indexOf('s') >= 0;
    return time ? Kind.TIME : letters.indexOf('m') >= 0 ? Kind.DATE : Kind.NONE;
  }
}
