package io.floodmark.ingest.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.ingest.commit.Rejection;
import io.floodmark.reading.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class JsonReadingsTest {
  private static final Path VECTORS = Path.of("..", "docs", "vectors");

  private final JsonReadings json = new JsonReadings();

  @TestFactory
  Stream<DynamicTest> goldenVectors() {
    return Stream.concat(
        vectors("json-readings.json")
            .map(v -> test(v, v.get("payload").asText().getBytes(StandardCharsets.UTF_8))),
        vectors("json-readings-bytes.json")
            .map(v -> test(v, HexFormat.of().parseHex(v.get("hex").asText()))));
  }

  @Test
  void aRejectedElementIsKeptAsItWasSent() {
    Decoded decoded = decode("[{\"depth_mm\":1}, {\"x\": \"Bần\"} ,\"no\",-17.5, {\"rain_mm\":1}]");

    assertEquals(
        List.of("{\"x\": \"Bần\"}", "\"no\"", "-17.5"),
        decoded.rejections().stream()
            .map(rejection -> new String(rejection.excerpt(), StandardCharsets.UTF_8))
            .toList());
    assertEquals(
        List.of(14, 4, 5), decoded.rejections().stream().map(Rejection::sizeBytes).toList());
    assertEquals(2, decoded.readings().size());
  }

  @Test
  void aMessageThatIsNoJsonIsKeptFromItsBeginning() {
    Rejection rejection = decode("hello").rejections().get(0);

    assertEquals("hello", new String(rejection.excerpt(), StandardCharsets.UTF_8));
    assertEquals(5, rejection.sizeBytes());
  }

  @Test
  void whatStaffAreToldQuotesNothingThatWasSent() {
    assertEquals(
        "Not JSON at line 2, column 2.", decode("{\"a\":1,\n evil}").rejections().get(0).detail());
  }

  @Test
  void anArrayThatFillsThePayloadIsTaken() {
    String elements = "{\"depth_mm\":1},".repeat(4_000) + "1";

    Decoded decoded = decode("[" + elements + "]");
    assertEquals(4_000, decoded.readings().size());
    assertEquals(1, decoded.rejections().size());
  }

  @Test
  void deepNestingIsRejectedAndNotFollowed() {
    String deep = "[".repeat(30_000) + "]".repeat(30_000);

    assertEquals(
        Rejection.Reason.SYNTAX,
        decode("{\"depth_mm\":1,\"x\":" + deep + "}").rejections().get(0).reason());
  }

  @Test
  void aFieldNameAsLongAsAMessageIsIgnored() {
    assertEquals(1, decode("{\"" + "x".repeat(60_000) + "\":1,\"depth_mm\":1}").readings().size());
  }

  @Test
  void aMessageHoldsAReadingOrIsRejected() {
    assertThrows(IllegalArgumentException.class, () -> new Decoded(List.of(), List.of(), 0));
  }

  private Decoded decode(String payload) {
    return json.decode(payload.getBytes(StandardCharsets.UTF_8));
  }

  private DynamicTest test(JsonNode vector, byte[] payload) {
    return DynamicTest.dynamicTest(
        vector.get("name").asText(),
        () -> {
          Decoded decoded = json.decode(payload);
          Expected expected = expected(vector);
          assertEquals(expected.readings(), decoded.readings());
          assertEquals(
              expected.reasons(), decoded.rejections().stream().map(Rejection::reason).toList());
          assertEquals(expected.badFields(), decoded.badFields());
        });
  }

  private record Expected(List<Reading> readings, List<Rejection.Reason> reasons, int badFields) {}

  private static Expected expected(JsonNode vector) {
    List<Reading> readings = new ArrayList<>();
    List<Rejection.Reason> reasons = new ArrayList<>();
    int badFields = 0;
    if (vector.has("reject")) {
      reasons.add(reason(vector));
    } else {
      for (JsonNode element : vector.get("readings")) {
        if (element.has("reject")) {
          reasons.add(reason(element));
        } else {
          readings.add(reading(element));
          badFields += element.path("badFields").asInt(0);
        }
      }
    }
    return new Expected(readings, reasons, badFields);
  }

  private static Rejection.Reason reason(JsonNode node) {
    return Rejection.Reason.valueOf(node.get("reject").asText().toUpperCase(Locale.ROOT));
  }

  private static Reading reading(JsonNode node) {
    return new Reading(
        wholeLong(node, "ts"),
        whole(node, "distance_mm"),
        whole(node, "depth_mm"),
        real(node, "rain_mm"),
        whole(node, "battery_mv"),
        whole(node, "rssi_dbm"),
        real(node, "temperature_c"),
        real(node, "housing_c"),
        wholeLong(node, "seq"));
  }

  private static OptionalInt whole(JsonNode node, String field) {
    return node.has(field) ? OptionalInt.of(node.get(field).intValue()) : OptionalInt.empty();
  }

  private static OptionalLong wholeLong(JsonNode node, String field) {
    return node.has(field) ? OptionalLong.of(node.get(field).longValue()) : OptionalLong.empty();
  }

  private static OptionalDouble real(JsonNode node, String field) {
    return node.has(field)
        ? OptionalDouble.of(node.get(field).floatValue())
        : OptionalDouble.empty();
  }

  private static Stream<JsonNode> vectors(String file) {
    try {
      JsonNode all = new ObjectMapper().readTree(VECTORS.resolve(file).toFile());
      return StreamSupport.stream(all.spliterator(), false);
    } catch (IOException e) {
      throw new UncheckedIOException("The golden vectors are missing.", e);
    }
  }
}
