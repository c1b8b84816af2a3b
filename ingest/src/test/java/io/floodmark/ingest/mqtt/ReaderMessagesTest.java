package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.sensor.SensorCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReaderMessagesTest {
  private static final Instant AT = Instant.parse("2026-11-21T13:05:00Z");

  @Test
  void aLevelSaysWhatTheMapSays() {
    assertEquals(
        "{\"code\":\"bvd-03\",\"observedAt\":\"2026-11-21T13:05:00.000Z\",\"depthMm\":142,"
            + "\"lowPointDepthMm\":322,\"level\":3,\"trendMmPerMin\":6.5,\"qc\":1}",
        text(
            new ReaderMessages.Level(
                    new SensorCode("bvd-03"),
                    AT,
                    OptionalInt.of(142),
                    OptionalInt.of(322),
                    OptionalInt.of(3),
                    OptionalDouble.of(6.5),
                    OptionalInt.of(1))
                .toJson()));
  }

  @Test
  void whatIsUnknownIsNull() {
    assertEquals(
        "{\"code\":\"bvd-03\",\"observedAt\":\"2026-11-21T13:05:00.000Z\",\"depthMm\":null,"
            + "\"lowPointDepthMm\":null,\"level\":null,\"trendMmPerMin\":null,\"qc\":null}",
        text(
            new ReaderMessages.Level(
                    new SensorCode("bvd-03"),
                    AT,
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalDouble.empty(),
                    OptionalInt.empty())
                .toJson()));
  }

  @Test
  void anAlertIsSentAsItStands() {
    assertEquals(
        "{\"id\":812,\"kind\":\"flood\",\"level\":3,\"state\":\"active\","
            + "\"since\":\"2026-11-21T13:05:00.000Z\"}",
        text(new ReaderMessages.Alert(812, "flood", 3, "active", AT).toJson()));
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
