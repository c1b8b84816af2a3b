package io.floodmark.api.assets.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AbsentTextTest {

  @Test
  void onlyTheChosenWordsSayNothing() {
    AbsentText absent = AbsentText.of(Set.of("None", "-"));
    assertTrue(absent.matches("None"));
    assertTrue(absent.matches(" none "));
    assertTrue(absent.matches("-"));
    assertTrue(absent.matches("  "));
    assertFalse(absent.matches("N/A"));
    assertFalse(absent.matches("Nonette"));
  }

  @Test
  void aCensusSuggestsWhatAColumnHas() throws Exception {
    AbsentText.Census census = new AbsentText.Census();
    FileSamples.rows("a,b,c\nNone,1,NULL\nx,2,-\nNone,3,-\n").forEach(census::add);
    assertEquals(Set.of("a", "c"), census.columns());
    assertEquals(List.of(new AbsentText.Marker("None", 2)), census.suggestions("a"));
    assertEquals(
        List.of(new AbsentText.Marker("-", 2), new AbsentText.Marker("NULL", 1)),
        census.suggestions("c"));
    assertEquals(List.of(), census.suggestions("b"));
  }
}
