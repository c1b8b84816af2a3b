package io.floodmark.api.readings;

import io.floodmark.api.http.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;

/** Readings as CSV (RFC 4180), with the columns of the view export_reading and the rain. */
final class ReadingsCsv {
  static final String CONTENT_TYPE = "text/csv; charset=utf-8; header=present";

  private static final String LINE_END = "\r\n";
  private static final List<String> TIMES = List.of("observed_at", "received_at");
  private static final List<String> NUMBERS =
      List.of(
          "distance_mm",
          "depth_mm",
          "low_point_depth_mm",
          "rain_mm",
          "qc",
          "battery_mv",
          "rssi_dbm",
          "temperature_c");

  private ReadingsCsv() {}

  /** Writes header and rows; {@code out} is flushed, not closed. */
  static void write(
      Connection connection, int sensorId, String code, TimeRange range, OutputStream out)
      throws SQLException, IOException {
    Writer csv = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    csv.write("sensor_code," + String.join(",", TIMES) + "," + String.join(",", NUMBERS));
    csv.write(LINE_END);
    try {
      ReadingRows.forEach(
          connection,
          sensorId,
          range,
          row -> {
            try {
              writeRow(csv, code, row);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    csv.flush();
  }

  private static void writeRow(Writer csv, String code, ResultSet row)
      throws SQLException, IOException {
    // No field needs quotes: a code has letters, digits, _ and -, all else is times and numbers.
    csv.write(code);
    for (String column : TIMES) {
      csv.write(',');
      csv.write(Json.time(row.getObject(column, OffsetDateTime.class).toInstant()));
    }
    for (String column : NUMBERS) {
      csv.write(',');
      String number = row.getString(column);
      csv.write(number == null ? "" : number);
    }
    csv.write(LINE_END);
  }
}
