package io.floodmark.sim.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class JsonReadingsTest {
  private static final Path VECTORS = Path.of("../docs/vectors/json-readings.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> writesTheGoldenVectors() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode vector : JSON.readTree(VECTORS.toFile())) {
      if (vector.path("encode").booleanValue()) {
        tests.add(
            DynamicTest.dynamicTest(
                vector.get("name").textValue(),
                () -> assertEquals(vector.get("payload").textValue(), encoded(vector))));
      }
    }
    assertTrue(tests.size() >= 10, "vectors marked encode: " + tests.size());
    return tests.stream();
  }

  private static String encoded(JsonNode vector) {
    List<SensorReading> readings = new ArrayList<>();
    for (JsonNode decoded : vector.get("readings")) {
      SensorReading reading = SensorReading.empty();
      for (var field : decoded.properties()) {
        Field key = Field.findByKey(field.getKey()).orElseThrow();
        JsonNode value = field.getValue();
        reading =
            value.isIntegralNumber()
                ? reading.with(key, value.longValue())
                : reading.with(key, value.doubleValue());
      }
      readings.add(reading);
    }
    return vector.get("payload").textValue().startsWith("[")
        ? JsonReadings.encode(readings)
        : JsonReadings.encode(readings.get(0));
  }

  @Property(seed = "4669")
  void whatAnotherParserReadsIsWhatWasPut(
      @ForAll @LongRange(min = 0, max = 253_402_300_799_999L) long ts,
      @ForAll int distanceMm,
      @ForAll @IntRange(max = 100_000) int batteryMv,
      @ForAll @DoubleRange(min = -1000, max = 1000) double temperatureC)
      throws IOException {
    SensorReading reading =
        SensorReading.empty()
            .with(Field.TS, ts)
            .with(Field.DISTANCE_MM, distanceMm)
            .with(Field.BATTERY_MV, batteryMv)
            .with(Field.TEMPERATURE_C, temperatureC);
    JsonNode read = JSON.readTree(JsonReadings.encode(reading));
    assertEquals(4, read.size());
    assertEquals(ts, read.get("ts").longValue());
    assertEquals(distanceMm, read.get("distance_mm").intValue());
    assertEquals(batteryMv, read.get("battery_mv").intValue());
    assertEquals(temperatureC, read.get("temperature_c").doubleValue());
  }

  @Test
  void wholeFieldsAreRounded() {
    assertEquals(
        "{\"depth_mm\":813}",
        JsonReadings.encode(SensorReading.empty().with(Field.DEPTH_MM, 812.5)));
    assertEquals(
        "{\"depth_mm\":-3}", JsonReadings.encode(SensorReading.empty().with(Field.DEPTH_MM, -2.5)));
  }

  @Test
  void whatDoesNotFitIsNotPut() {
    SensorReading empty = SensorReading.empty();
    assertThrows(IllegalArgumentException.class, () -> empty.with(Field.DEPTH_MM, 2_147_483_648.0));
    assertThrows(IllegalArgumentException.class, () -> empty.with(Field.BATTERY_MV, 100_001));
    assertThrows(IllegalArgumentException.class, () -> empty.with(Field.HOUSING_C, Double.NaN));
  }

  @Test
  void aReadingNeedsAMeasurement() {
    SensorReading batteryOnly = SensorReading.empty().with(Field.BATTERY_MV, 3_700);
    assertFalse(batteryOnly.hasMeasurement());
    assertTrue(batteryOnly.with(Field.RAIN_MM, 0).hasMeasurement());
  }
}
