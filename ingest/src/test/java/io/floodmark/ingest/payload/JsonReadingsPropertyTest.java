package io.floodmark.ingest.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.commit.Rejection;
import io.floodmark.reading.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class JsonReadingsPropertyTest {
  private static final String VALID =
      "[{\"ts\":1767225600123,\"distance_mm\":812.5,\"battery_mv\":3710,\"rssi_dbm\":-71},"
          + "{\"ts\":\"2026-01-01T07:00:00.5+07:00\",\"rain_mm\":0.25,\"seq\":17,\"x\":[{}]}]";

  private final JsonReadings json = new JsonReadings();

  @Property(seed = "4669")
  void anyBytesComeToSomething(@ForAll byte[] payload) {
    holds(json.decode(payload));
  }

  @Property(seed = "4669")
  void anyChangeOfOneByteComesToSomething(
      @ForAll @IntRange(max = 1_000) int at, @ForAll byte value) {
    byte[] payload = VALID.getBytes(StandardCharsets.UTF_8);
    payload[at % payload.length] = value;

    holds(json.decode(payload));
  }

  @Property(seed = "4669")
  void anyBeginningOfAnArrayIsRejectedAsAWhole(@ForAll @IntRange(max = 1_000) int length) {
    String beginning = VALID.substring(0, length % VALID.length());
    Decoded decoded = json.decode(beginning.getBytes(StandardCharsets.UTF_8));

    assertEquals(List.of(), decoded.readings());
    assertEquals(
        List.of(Rejection.Reason.SYNTAX),
        decoded.rejections().stream().map(Rejection::reason).toList());
  }

  @Property(seed = "4669")
  void anythingThatLooksLikeAReadingComesToSomething(@ForAll("elements") List<String> elements) {
    String payload = "[" + String.join(",", elements) + "]";
    Decoded decoded = json.decode(payload.getBytes(StandardCharsets.UTF_8));

    holds(decoded);
    if (!elements.isEmpty()) {
      assertEquals(elements.size(), decoded.readings().size() + decoded.rejections().size());
    }
  }

  @Property(seed = "4669")
  void everyDepthThatFitsComesBackAsItIs(@ForAll int depthMm) {
    Decoded decoded =
        json.decode(("{\"depth_mm\":" + depthMm + "}").getBytes(StandardCharsets.UTF_8));

    assertEquals(
        List.of(OptionalInt.of(depthMm)),
        decoded.readings().stream().map(Reading::depthMm).toList());
  }

  @Provide
  Arbitrary<List<String>> elements() {
    Arbitrary<String> names =
        Arbitraries.of("ts", "distance_mm", "depth_mm", "rain_mm", "battery_mv", "seq", "other");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of("null", "true", "{}", "[1,[2]]", "\"\"", "\"\\u0000\"", "1e999", "-0"),
            Arbitraries.longs().map(String::valueOf),
            Arbitraries.bigIntegers().map(String::valueOf),
            Arbitraries.doubles().map(String::valueOf));
    Arbitrary<String> fields =
        Combinators.combine(names, values).as((name, value) -> "\"" + name + "\":" + value);
    return fields.list().ofMaxSize(6).map(f -> "{" + String.join(",", f) + "}").list().ofMaxSize(4);
  }

  private static void holds(Decoded decoded) {
    assertFalse(decoded.readings().isEmpty() && decoded.rejections().isEmpty());
    assertTrue(decoded.badFields() >= 0);
    decoded
        .rejections()
        .forEach(rejection -> assertTrue(rejection.excerpt().length <= rejection.sizeBytes()));
  }
}
