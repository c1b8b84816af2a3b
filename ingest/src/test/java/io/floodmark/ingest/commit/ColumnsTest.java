package io.floodmark.ingest.commit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ColumnsTest {
  @Test
  void whatAFloatMakesZeroIsWrittenAsZero() {
    assertArrayEquals(
        new Float[] {0f, 31.2f, null},
        Columns.column(
            "float4",
            List.of(OptionalDouble.of(1e-50), OptionalDouble.of(31.2), OptionalDouble.empty()),
            value -> Optional.of(value)));
  }

  @Test
  void whatIsNotThereIsNull() {
    assertArrayEquals(
        new String[] {null, "1970-01-01T00:00:00Z"},
        Columns.column("timestamptz", List.of(Instant.MIN, Instant.EPOCH), at -> at));
    assertArrayEquals(
        new Integer[] {null, 7},
        Columns.column("int4", List.of(OptionalInt.empty(), OptionalInt.of(7)), number -> number));
  }

  @Test
  void aNumberThatDoesNotFitIsNoOtherNumber() {
    assertThrows(
        ArithmeticException.class, () -> Columns.column("int2", List.of(40_000), number -> number));
    assertThrows(
        ArithmeticException.class,
        () -> Columns.column("int4", List.of(5_000_000_000L), number -> number));
  }
}
