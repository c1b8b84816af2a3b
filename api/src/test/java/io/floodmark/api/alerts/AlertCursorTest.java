package io.floodmark.api.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AlertCursorTest {
  @Property(seed = "4669")
  void aCursorIsFoundByItsText(
      @ForAll @LongRange(min = 1, max = 999_999_999_999_999_999L) long id) {
    AlertCursor cursor = new AlertCursor(id);
    assertEquals(Optional.of(cursor), AlertCursor.find(cursor.text()));
  }

  @Property(seed = "4669")
  void anyTextIsAnswered(@ForAll String text) {
    AlertCursor.find(text).ifPresent(cursor -> assertEquals(text, cursor.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "812", "YWZ0ZXI6MA", "YWZ0ZXI6LTE", "after:812", "%%%"})
  void whatIsNoneOfOursIsNotFound(String text) {
    assertEquals(Optional.empty(), AlertCursor.find(text));
  }
}
