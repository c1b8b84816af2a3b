package io.floodmark.api.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AcceptEncodingTest {
  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br, GZIP;q=0.5", "deflate,x-gzip", "*", "br;q=1.0, *;q=0.1"})
  void gzipIsTaken(String header) {
    assertTrue(AcceptEncoding.takesGzip(Optional.of(header)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "br", "gzip;q=0", "gzip; q=0.00, *", "*;q=0", "identity"})
  void gzipIsNotTaken(String header) {
    assertFalse(AcceptEncoding.takesGzip(Optional.of(header)));
  }

  @Test
  void whoSaysNothingIsNotAskedToUnpack() {
    assertFalse(AcceptEncoding.takesGzip(Optional.empty()));
  }
}
