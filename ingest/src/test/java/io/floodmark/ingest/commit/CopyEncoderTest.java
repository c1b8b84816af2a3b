package io.floodmark.ingest.commit;

import static io.floodmark.ingest.commit.Readings.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.quality.QualityFlag;
import io.floodmark.quality.QualityReason;
import io.floodmark.quality.QualityTest;
import io.floodmark.quality.TestFlags;
import io.floodmark.reading.Reading;
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
  void aRowWithEveryValue() {
    Reading reading =
        new Reading(
            OptionalLong.of(7),
            OptionalInt.of(812),
            OptionalInt.of(-2),
            OptionalDouble.of(0.5),
            OptionalInt.of(3_710),
            OptionalInt.of(-71),
            OptionalDouble.of(31.25),
            OptionalDouble.of(-1),
            OptionalLong.of(17));
    ReadingRow row =
        new ReadingRow(
            258,
            Instant.parse("2000-01-01T00:00:00.001Z"),
            Instant.parse("1999-12-31T23:59:59.999Z"),
            reading,
            OptionalInt.of(1_188),
            OptionalInt.of(1_368),
            TestFlags.NONE
                .with(QualityTest.CLOCK, QualityFlag.SUSPECT)
                .with(QualityTest.GROSS_RANGE, QualityFlag.BAD),
            Set.of(QualityReason.CLOCK, QualityReason.OUT_OF_RANGE),
            true,
            true);
    assertEquals(
        HEADER
            + "0013" // 19 columns
            + "00000004"
            + "00000102" // sensor_id 258
            + "00000008"
            + "00000000000003e8" // observed_at, 1,000 µs after 2000
            + "00000008"
            + "fffffffffffffc18" // received_at, 1,000 µs before 2000
            + "00000004"
            + "0000032c" // distance_mm 812
            + "00000004"
            + "000004a4" // depth_mm 1,188
            + "00000004"
            + "00000558" // low_point_depth_mm 1,368
            + "00000004"
            + "fffffffe" // sent_depth_mm -2
            + "00000004"
            + "3f000000" // rain_mm 0.5
            + "00000004"
            + "41fa0000" // temperature_c 31.25
            + "00000004"
            + "bf800000" // housing_c -1
            + "00000004"
            + "00000003" // qc_reasons: bits 0 and 1
            + "00000004"
            + "00000e7e" // battery_mv 3,710
            + "00000002"
            + "ffb9" // rssi_dbm -71
            + "00000002"
            + "0004" // qc bad
            + "00000001"
            + "01" // backfill
            + "00000001"
            + "01" // stamped
            + "00000008"
            + "0000000000000011" // seq 17
            + "00000008"
            + "0000000000000007" // device_ts_ms 7
            + "00000008"
            + "00000000000008c0" // qc_tests: clock suspect, gross range bad
            + TRAILER,
        encode(List.of(row)));
  }

  @Test
  void aRowWithLittle() {
    assertEquals(
        HEADER
            + "0013"
            + "00000004"
            + "00000007" // sensor_id
            + "00000008"
            + "0002fa1c87ee7000" // observed_at 2026-07-21T12:00:00Z
            + "00000008"
            + "0002fa1c87ee7000" // received_at
            + "00000004"
            + "000006d6" // distance_mm 1,750
            + NULL.repeat(6)
            + "00000004"
            + "00000000" // qc_reasons
            + NULL.repeat(2)
            + "00000002"
            + "0001" // qc good
            + "00000001"
            + "00" // backfill
            + "00000001"
            + "00" // stamped
            + NULL // seq
            + NULL // device_ts_ms: the reading's own time counts
            + "00000008"
            + "0000000000000200" // qc_tests: gross range good
            + TRAILER,
        encode(List.of(small())));
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

  private String encode(List<ReadingRow> rows) {
    encoder.encode(rows);
    return HexFormat.of().formatHex(encoder.buffer(), 0, encoder.length());
  }
}
