package io.floodmark.api.readings;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadingRoutesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/csv",
        "Text/CSV; header=present",
        "text/csv, application/json",
        "application/json;q=0.5, text/csv;q=0.6",
        "text/csv, */*;q=0.1"
      })
  void csvIsForThoseWhoAskForIt(String accept) {
    assertTrue(ReadingRoutes.wantsCsv(accept));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "*/*",
        "application/json",
        "text/html,application/xhtml+xml,*/*;q=0.8",
        "application/json, text/csv",
        "text/csv;q=0",
        "text/csv;q=x"
      })
  void andForNobodyElse(String accept) {
    assertFalse(ReadingRoutes.wantsCsv(accept));
  }
}
