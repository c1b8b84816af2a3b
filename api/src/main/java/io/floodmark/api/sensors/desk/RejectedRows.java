package io.floodmark.api.sensors.desk;

import io.floodmark.sensor.SensorCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What was rejected, as ingest has kept it. */
public final class RejectedRows {
  /** Reasons under which ingest keeps messages. */
  static final List<String> REASONS =
      List.of("syntax", "empty", "range", "topic", "oversize", "conflict");

  private static final Pattern CURSOR = Pattern.compile("\\d{1,17}/\\d{1,18}");
  private static final int HEX_BYTES = 256;
  private static final int SHOWN_CHARS = 1_000;
  private static final long MICROS_PER_SECOND = 1_000_000;

  private RejectedRows() {}

  /**
   * A rejected message.
   *
   * @param id newer ones of the same moment have larger ones
   * @param code of the sensor; empty where none is known
   * @param reason a stable code
   * @param detail a sentence that may quote what was sent
   * @param sizeBytes of the whole payload
   * @param payload its beginning, as text or in hexadecimal digits
   * @param hex whether it is in hexadecimal digits, for it is no text
   */
  public record Message(
      long id,
      Instant receivedAt,
      Optional<String> code,
      String topic,
      String reason,
      String detail,
      int sizeBytes,
      String payload,
      boolean hex) {}

  /**
   * Which messages are asked for, and after which one of them.
   *
   * @param code of the sensor; empty for all, those of no known sensor too
   * @param reason a stable code; empty for all
   * @param cursor where the page before ended
   */
  record Asked(Optional<String> code, Optional<String> reason, Optional<String> cursor) {}

  /**
   * A page of messages, the newest first.
   *
   * @param next cursor of the page after, if there is one
   */
  public record Page(List<Message> messages, Optional<String> next) {}

  /** At most {@code limit} of those that are asked for; none of a code that can be no sensor's. */
  static Page page(Connection connection, Asked asked, int limit) throws SQLException {
    if (asked.code().filter(code -> !SensorCode.isValid(code)).isPresent()) {
      return new Page(List.of(), Optional.empty());
    }
    List<Message> found = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT r.id, r.received_at, s.code, r.topic, r.reason, r.detail, r.size_bytes, r.payload
            FROM rejected_message r
            LEFT JOIN sensor s ON s.id = r.sensor_id
            WHERE (?::text IS NULL OR r.sensor_id = (SELECT id FROM sensor WHERE code = ?))
              AND (?::text IS NULL OR r.reason = ?)
              AND (?::timestamptz IS NULL OR (r.received_at, r.id) < (?::timestamptz, ?))
            ORDER BY r.received_at DESC, r.id DESC
            LIMIT ?
            """)) {
      select.setString(1, asked.code().orElse(null));
      select.setString(2, asked.code().orElse(null));
      select.setString(3, asked.reason().orElse(null));
      select.setString(4, asked.reason().orElse(null));
      Optional<String[]> last =
          asked.cursor().map(text -> Cursor.read(text, CURSOR.asMatchPredicate()).split("/", 2));
      OffsetDateTime before = last.map(parts -> time(Long.parseLong(parts[0]))).orElse(null);
      select.setObject(5, before);
      select.setObject(6, before);
      select.setLong(7, last.map(parts -> Long.parseLong(parts[1])).orElse(0L));
      select.setInt(8, limit + 1);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(message(row));
        }
      }
    }
    if (found.size() <= limit) {
      return new Page(found, Optional.empty());
    }
    Message last = found.get(limit - 1);
    return new Page(
        found.subList(0, limit),
        Optional.of(Cursor.of(micros(last.receivedAt()) + "/" + last.id())));
  }

  private static OffsetDateTime time(long micros) {
    return Instant.ofEpochSecond(
            Math.floorDiv(micros, MICROS_PER_SECOND),
            Math.floorMod(micros, MICROS_PER_SECOND) * 1_000)
        .atOffset(ZoneOffset.UTC);
  }

  private static long micros(Instant at) {
    return at.getEpochSecond() * MICROS_PER_SECOND + at.getNano() / 1_000;
  }

  private static Message message(ResultSet row) throws SQLException {
    byte[] payload = row.getBytes("payload");
    Optional<String> text = text(payload);
    String shown =
        text.orElseGet(
            () ->
                HexFormat.ofDelimiter(" ")
                    .formatHex(Arrays.copyOf(payload, Math.min(payload.length, HEX_BYTES))));
    return new Message(
        row.getLong("id"),
        row.getObject("received_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getString("code")),
        row.getString("topic"),
        row.getString("reason"),
        row.getString("detail"),
        row.getInt("size_bytes"),
        shown.length() > SHOWN_CHARS ? shown.substring(0, SHOWN_CHARS) + "…" : shown,
        text.isEmpty());
  }

  /** A payload that people can read; its last character may be cut off. */
  static Optional<String> text(byte[] payload) {
    CharBuffer chars = CharBuffer.allocate(payload.length);
    // Not the end of the input: what is cut off within a character is no fault then.
    boolean readable =
        !StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(payload), chars, false)
            .isError();
    String text = chars.flip().toString();
    return readable && text.codePoints().allMatch(RejectedRows::isShown)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Not control characters, nor those that turn the text around them (Unicode class Cf). */
  private static boolean isShown(int codePoint) {
    return codePoint == '\n'
        || codePoint == '\r'
        || codePoint == '\t'
        || !(Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.FORMAT);
  }

  /** Messages kept since {@code from}, by the sensor's id. */
  static Map<Integer, Integer> since(Connection connection, Instant from) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT sensor_id, count(*) AS messages
            FROM rejected_message
            WHERE received_at >= ? AND sensor_id IS NOT NULL
            GROUP BY sensor_id
            """)) {
      select.setObject(1, from.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        Map<Integer, Integer> counts = new HashMap<>();
        while (row.next()) {
          counts.put(row.getInt("sensor_id"), row.getInt("messages"));
        }
        return counts;
      }
    }
  }

  /** All that was rejected of a sensor in the last 30 days, kept or not, by reason. */
  static Map<String, Long> tally(Connection connection, int sensorId, Instant now)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT reason, sum(messages) AS messages
            FROM rejected_tally
            WHERE sensor_id = ? AND day > ?
            GROUP BY reason
            ORDER BY messages DESC, reason
            """)) {
      select.setInt(1, sensorId);
      select.setObject(2, now.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(30));
      try (ResultSet row = select.executeQuery()) {
        Map<String, Long> tally = new LinkedHashMap<>();
        while (row.next()) {
          tally.put(row.getString("reason"), row.getLong("messages"));
        }
        return tally;
      }
    }
  }
}
