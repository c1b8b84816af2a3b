package io.floodmark.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final Map<String, Double> ROW = Map.of("level_m", 1.5, "b", 4.0, "mực", 2.0);

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "0.5, 0.5",
    ".5, 0.5",
    "level_m, 1.5",
    "mực, 2",
    "level_m*1000+800, 2300",
    "800+level_m*1000, 2300",
    "b-1-1, 2",
    "b/2/2, 1",
    "2*(b+1), 10",
    "-b, -4",
    "--b, 4",
    "3*-b, -12",
    "-(b-1)*2, -6",
    "' ( b + 1 ) * 2 ', 10",
  })
  void calculatesAsOneDoesOnPaper(String text, double expected) {
    assertEquals(expected, Expression.parse(text).evaluate(ROW::get), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "+", "1+", "*2", "(1", "1)", "1 2", "b b", "1..2", "a^2", "f(1)", "1,5"})
  void refusesWhatIsNoExpression(String text) {
    assertThrows(IllegalArgumentException.class, () -> Expression.parse(text));
  }

  @Test
  void namesTheColumnsThatItReads() {
    assertEquals(Set.of("a", "b"), Expression.parse("a*b+a*-(2)").columns());
  }

  @Property(seed = "4669")
  void keepsThePrecedenceOfTheSigns(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double a,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double b,
      @ForAll @DoubleRange(min = 1, max = 1e6) double c) {
    Map<String, Double> row = Map.of("a", a, "b", b, "c", c);
    assertEquals(a + b * c - a / c, Expression.parse("a+b*c-a/c").evaluate(row::get));
    assertEquals((a + b) * (c - a) / c, Expression.parse("(a+b)*(c-a)/c").evaluate(row::get));
  }
}
