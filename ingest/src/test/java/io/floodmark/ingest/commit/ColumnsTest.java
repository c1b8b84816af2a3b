package io.floodmark.ingest.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ColumnsTest {
  @Test
  void whatAFloatMakesZeroIsWrittenAsZero() {
    assertEquals(0f, Columns.toJdbc(OptionalDouble.of(1e-50)));
    assertEquals("31.2", Columns.toJdbc(Optional.of(OptionalDouble.of(31.2))).toString());
  }
}
