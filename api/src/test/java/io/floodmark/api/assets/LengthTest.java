package io.floodmark.api.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.api.http.Language;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class LengthTest {
  @Test
  void commaAndPointBothDivide() {
    assertEquals(OptionalLong.of(125), Length.CM.millimetres("12,5"));
    assertEquals(OptionalLong.of(125), Length.CM.millimetres(" 12.5 "));
    assertEquals(OptionalLong.of(7_250), Length.M.millimetres("7,25"));
  }

  @Test
  void aUnitBehindTheNumberCounts() {
    assertEquals(OptionalLong.of(1_500), Length.CM.millimetres("1,5 m"));
    assertEquals(OptionalLong.of(40), Length.M.millimetres("40mm"));
  }

  @Test
  void whatIsNoNumberIsNoLength() {
    for (String text : new String[] {"", "abc", "1,2,3", "1.000,5", "12 ft", "1e3", ","}) {
      assertEquals(OptionalLong.empty(), Length.CM.millimetres(text), text);
    }
  }

  @Property(seed = "20261122")
  void whatIsWrittenIsReadAsTheSame(
      @ForAll @LongRange(min = 0, max = 1_000_000) long millimetres,
      @ForAll Length unit,
      @ForAll Language language) {
    assertEquals(
        OptionalLong.of(millimetres), unit.millimetres(unit.number(millimetres, language)));
  }
}
