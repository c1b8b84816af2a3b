package io.floodmark.api.photos;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads the five things that are wanted from an EXIF block (TIFF 6.0 §2, CIPA DC-008), and nothing
 * else: a general reader follows every pointer and copies every value, and a block of 64 kB whose
 * values all overlap makes gigabytes of that. Here a directory is looked at once for each tag and
 * at most {@value #ENTRIES_MAX} entries deep. What is wrong or missing is as if it were not there.
 */
final class ExifBlock {
  private static final int ENTRIES_MAX = 1000;
  private static final int ENTRY_BYTES = 12;

  private static final int ORIENTATION = 0x0112;
  private static final int EXIF_DIRECTORY = 0x8769;
  private static final int GPS_DIRECTORY = 0x8825;
  private static final int DATE_TIME_ORIGINAL = 0x9003;
  private static final int OFFSET_TIME_ORIGINAL = 0x9011;
  private static final int GPS_LATITUDE_REF = 1;
  private static final int GPS_LATITUDE = 2;
  private static final int GPS_LONGITUDE_REF = 3;
  private static final int GPS_LONGITUDE = 4;

  private static final int ASCII = 2;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;

  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  private final Bytes tiff;
  private final boolean little;

  ExifBlock(Bytes tiff) {
    this.tiff = tiff;
    this.little = tiff.reads(0, "II");
  }

  Orientation orientation() {
    return Orientation.ofTag((int) number(main(), ORIENTATION));
  }

  /** Where and when; a time without offset is one of {@code zone}. */
  PhotoHint hint(ZoneId zone) {
    return new PhotoHint(place(), takenAt(zone));
  }

  private Optional<PhotoHint.Place> place() {
    long gps = number(main(), GPS_DIRECTORY);
    OptionalDouble lat = degrees(gps, GPS_LATITUDE, GPS_LATITUDE_REF, "S", 90);
    OptionalDouble lon = degrees(gps, GPS_LONGITUDE, GPS_LONGITUDE_REF, "W", 180);
    // 0, 0 is what phones write that do not know.
    if (lat.isEmpty() || lon.isEmpty() || (lat.getAsDouble() == 0 && lon.getAsDouble() == 0)) {
      return Optional.empty();
    }
    return Optional.of(new PhotoHint.Place(lon.getAsDouble(), lat.getAsDouble()));
  }

  private Optional<Instant> takenAt(ZoneId zone) {
    long exif = number(main(), EXIF_DIRECTORY);
    try {
      LocalDateTime local = LocalDateTime.parse(text(exif, DATE_TIME_ORIGINAL), DATE_TIME);
      String offset = text(exif, OFFSET_TIME_ORIGINAL);
      return Optional.of(local.atZone(offset.isEmpty() ? zone : ZoneOffset.of(offset)).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Where the first directory is, 0 if there is none. */
  private long main() {
    boolean known = tiff.holds(0, 8) && (little || tiff.reads(0, "MM")) && u16(2) == 42;
    return known ? u32(4) : 0;
  }

  private OptionalDouble degrees(long directory, int tag, int refTag, String negative, int max) {
    Optional<Bytes> value = value(directory, tag, RATIONAL, 8, 3);
    String ref = text(directory, refTag);
    if (value.isEmpty() || ref.isEmpty()) {
      return OptionalDouble.empty();
    }
    int at = value.get().offset() - tiff.offset();
    double degrees = rational(at) + rational(at + 8) / 60 + rational(at + 16) / 3600;
    // Also when a denominator is 0 and the sum no number.
    return degrees <= max
        ? OptionalDouble.of(ref.equals(negative) ? -degrees : degrees)
        : OptionalDouble.empty();
  }

  private double rational(int at) {
    long numerator = u32(at);
    long denominator = u32(at + 4);
    return numerator == 0 && denominator == 0 ? 0 : (double) numerator / denominator;
  }

  /** The tag's one number; 0 if there is none, which no tag that is read here means anything by. */
  private long number(long directory, int tag) {
    Optional<Bytes> asShort = value(directory, tag, SHORT, 2, 1);
    if (asShort.isPresent()) {
      return u16(asShort.get().offset() - tiff.offset());
    }
    return value(directory, tag, LONG, 4, 1)
        .map(found -> u32(found.offset() - tiff.offset()))
        .orElse(0L);
  }

  /** The tag's text without its closing 0; empty if there is none. */
  private String text(long directory, int tag) {
    return value(directory, tag, ASCII, 1, -1)
        .map(
            found ->
                new String(
                    found.array(), found.offset(), found.length(), StandardCharsets.ISO_8859_1))
        .map(text -> text.indexOf('\0') < 0 ? text : text.substring(0, text.indexOf('\0')))
        .map(String::strip)
        .orElse("");
  }

  /**
   * The bytes of a tag's value, where it has that type and count.
   *
   * @param count how many, or -1 for 1 to 40
   */
  private Optional<Bytes> value(long directory, int tag, int type, int unitBytes, int count) {
    if (directory < 8 || !tiff.holds(directory, 2)) {
      return Optional.empty();
    }
    int entries = Math.min(u16((int) directory), ENTRIES_MAX);
    for (int i = 0; i < entries; i++) {
      int at = (int) directory + 2 + i * ENTRY_BYTES;
      if (!tiff.holds(at, ENTRY_BYTES)) {
        return Optional.empty();
      }
      if (u16(at) == tag && u16(at + 2) == type) {
        long units = u32(at + 4);
        if (count >= 0 ? units != count : units < 1 || units > 40) {
          return Optional.empty();
        }
        int bytes = (int) units * unitBytes;
        long start = bytes <= 4 ? at + 8 : u32(at + 8);
        return tiff.holds(start, bytes)
            ? Optional.of(tiff.part((int) start, bytes))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private int u16(int at) {
    return little ? tiff.u16Little(at) : tiff.u16(at);
  }

  private long u32(int at) {
    return little ? tiff.u32Little(at) : tiff.u32(at);
  }
}
