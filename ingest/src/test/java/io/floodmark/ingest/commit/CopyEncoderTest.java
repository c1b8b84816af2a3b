package io.floodmark.ingest.commit;

import static io.floodmark.ingest.commit.Readings.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import io.floodmark.quality.QualityTest;
import io.floodmark.quality.TestFlags;
import io.floodmark.reading.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Golden bytes, written by hand from PostgreSQL's documentation of COPY's binary format. */
final class CopyEncoderTest {
  private static final String HEADER =
      // PGCOPY\n \377 \r\n \0, flags, length of the extension
      "5047434f50590aff0d0a00" + "00000000" + "00000000";

  private static final String TRAILER = "ffff";
  private static final String NULL = "ffffffff";

  private final CopyEncoder encoder = new CopyEncoder();

  @Test
  void noRowsAreAHeaderAndATrailer() {
    assertEquals(HEADER + TRAILER, encode(List.of()));
  }

  @Test
  void aCompleteReadingOfADistanceLeavesNothingNull() {
    ReadingRow row =
        row(
            reading(812, OptionalInt.empty(), OptionalDouble.empty(), 3_710, 31.2, 17),
            OptionalInt.of(1_188),
            OptionalInt.of(1_368),
            TestFlags.NONE
                .with(QualityTest.GAP, QualityFlag.NOT_EVALUATED)
                .with(QualityTest.GROSS_RANGE, QualityFlag.GOOD),
            Set.of(),
            false,
            false);
    assertEquals(
        HEADER
            + "000d" // 13 columns
            + "00000004"
            + "00000102" // sensor_id 258
            + "00000008"
            + "00000000000003e8" // observed_at, 1,000 µs after 2000
            + "00000004"
            + "fffffffe" // lag_ms -2
            + "00000004"
            + "04000042" // flags: good; gap 2, gross range 1
            + "00000004"
            + "00000011" // seq 17
            + "00000002"
            + "032c" // measured_mm 812
            + "00000002"
            + "04a4" // depth_mm 1,188
            + "00000002"
            + "00b4" // low_point_delta_mm 180
            + "00000002"
            + "0c30" // temperature_centi 3,120
            + "00000002"
            + "ff9c" // housing_centi -100
            + "00000002"
            + "0e7e" // battery_mv 3,710
            + "00000002"
            + "ffb9" // rssi_dbm -71
            + "00000000" // more
            + TRAILER,
        encode(List.of(row)));
  }

  @Test
  void whatDoesNotFitItsColumnIsNamedBesideIt() {
    ReadingRow row =
        row(
            reading(100_000, OptionalInt.of(-2), OptionalDouble.of(0.5), 70_000, 31.2005, 1L << 40),
            OptionalInt.of(-40_000),
            OptionalInt.of(1_368),
            TestFlags.NONE
                .with(QualityTest.CLOCK, QualityFlag.SUSPECT)
                .with(QualityTest.GROSS_RANGE, QualityFlag.BAD),
            Set.of(QualityReason.CLOCK, QualityReason.OUT_OF_RANGE),
            true,
            true);
    String more =
        "{\"qc_tests\":2240,\"qc_reasons\":3,\"seq\":1099511627776,\"distance_mm\":100000,"
            + "\"sent_depth_mm\":-2,\"depth_mm\":-40000,\"low_point_depth_mm\":1368,"
            + "\"temperature_c\":31.2005,\"battery_mv\":70000,\"rain_mm\":0.5,\"device_ts_ms\":7}";
    String encoded = encode(List.of(row));
    assertEquals(
        "00000004"
            + "70000000" // flags: stamped, backfill, bad
            + NULL.repeat(5) // seq to temperature_centi
            + "00000002" // housing_centi
            + "ff9c"
            + NULL // battery_mv
            + "00000002"
            + "ffb9"
            + "%08x".formatted(more.length())
            + HexFormat.of().formatHex(more.getBytes(StandardCharsets.US_ASCII))
            + TRAILER,
        encoded.substring(encoded.indexOf("0000000470000000")));
  }

  @Test
  void ofASensorThatSendsDepthsTheDepthIsWhatWasMeasured() {
    Reading reading =
        new Reading(
            OptionalLong.empty(),
            OptionalInt.empty(),
            OptionalInt.of(142),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty());
    ReadingRow row =
        row(
            reading,
            OptionalInt.of(20),
            OptionalInt.empty(),
            TestFlags.NONE,
            Set.of(),
            false,
            false);
    String encoded = encode(List.of(row));
    assertEquals(
        "00000004"
            + "88000000" // flags: a depth, not evaluated
            + NULL // seq
            + "00000002"
            + "008e" // measured_mm 142
            + "00000002"
            + "0014" // depth_mm 20
            + "00000002"
            + "0000" // low_point_delta_mm: nobody asks
            + NULL.repeat(4)
            + "00000000"
            + TRAILER,
        encoded.substring(encoded.indexOf("0000000488000000")));
  }

  @Test
  void theBufferGrowsAndIsUsedAgain() {
    String one = encode(List.of(small()));
    String many = encode(Collections.nCopies(5_000, small()));
    String row = one.substring(HEADER.length(), one.length() - TRAILER.length());
    assertEquals(HEADER + row.repeat(5_000) + TRAILER, many);
    assertEquals(one, encode(List.of(small())));
  }

  private static ReadingRow small() {
    return new ReadingRow(
        Readings.SENSOR_ID,
        NOON,
        NOON,
        Readings.depth(250, NOON),
        OptionalInt.empty(),
        OptionalInt.empty(),
        TestFlags.NONE.with(QualityTest.GROSS_RANGE, QualityFlag.GOOD),
        Set.of(),
        false,
        false);
  }

  private static Reading reading(
      int distance, OptionalInt depth, OptionalDouble rain, int battery, double air, long seq) {
    return new Reading(
        OptionalLong.of(7),
        OptionalInt.of(distance),
        depth,
        rain,
        OptionalInt.of(battery),
        OptionalInt.of(-71),
        OptionalDouble.of(air),
        OptionalDouble.of(-1),
        OptionalLong.of(seq));
  }

  private static ReadingRow row(
      Reading reading,
      OptionalInt depth,
      OptionalInt lowPoint,
      TestFlags tests,
      Set<QualityReason> reasons,
      boolean backfill,
      boolean stamped) {
    return new ReadingRow(
        258,
        Instant.parse("2000-01-01T00:00:00.001Z"),
        Instant.parse("1999-12-31T23:59:59.999Z"),
        reading,
        depth,
        lowPoint,
        tests,
        reasons,
        backfill,
        stamped);
  }

  private String encode(List<ReadingRow> rows) {
    encoder.encode(rows);
    return HexFormat.of().formatHex(encoder.buffer(), 0, encoder.length());
  }
}
