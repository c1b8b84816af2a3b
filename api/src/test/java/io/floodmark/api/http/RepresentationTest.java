package io.floodmark.api.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class RepresentationTest {
  private static final byte[] LONG = "water ".repeat(1_000).getBytes(StandardCharsets.UTF_8);

  @Test
  void whatIsComputedHasOneWeakTagForBothForms() {
    Representation answer = Representation.computed("application/json", LONG, Optional.of("gzip"));
    assertTrue(answer.etag().startsWith("W/\""), answer.etag());
    assertEquals(answer.etag(), answer.gzipEtag());
    assertEquals(
        answer.etag(), Representation.computed("application/json", LONG, Optional.empty()).etag());
  }

  @Test
  void whatLastsHasAStrongTagForEachForm() {
    Representation file = Representation.lasting("text/css", LONG, true);
    assertTrue(file.etag().startsWith("\""), file.etag());
    assertNotEquals(file.etag(), file.gzipEtag());
  }

  @Test
  void anotherBodyHasAnotherTag() {
    assertNotEquals(
        Representation.lasting("text/css", LONG, true).etag(),
        Representation.lasting("text/css", new byte[] {1}, true).etag());
  }

  @Test
  void theCompressedFormUnpacksToTheBody() throws IOException {
    byte[] gzip = Representation.lasting("text/css", LONG, true).gzip().orElseThrow().getBytes();
    assertTrue(gzip.length < LONG.length / 10);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      assertArrayEquals(LONG, in.readAllBytes());
    }
  }

  @Test
  void whatIsShortOrNotCompressibleStaysAsItIs() {
    assertTrue(Representation.lasting("text/css", new byte[500], true).gzip().isEmpty());
    assertTrue(Representation.lasting("image/png", LONG, false).gzip().isEmpty());
    assertTrue(
        Representation.computed("application/json", LONG, Optional.of("br")).gzip().isEmpty());
  }
}
