package io.floodmark.ingest.commit;

import static io.floodmark.ingest.commit.Readings.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.floodmark.alert.AlertState;
import io.floodmark.judging.QualityMemory;
import io.floodmark.reading.Trend;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SensorMemoryTest {
  private static final Trend TREND = Trend.NONE.with(NOON.minusSeconds(60), 130).with(NOON, 142);
  private static final AlertState ALERT =
      new AlertState(
          2,
          1,
          2,
          List.of(NOON, NOON.minusSeconds(60), Instant.MIN, Instant.MIN),
          NOON,
          NOON.plusMillis(40),
          NOON.plusSeconds(600));

  /** What rows in databases hold; whoever changes it has to read the old form too. */
  private static final String JSON =
      "{\"trend\":[[1784635140000,130],[1784635200000,142]],"
          + "\"alert\":{\"meets\":1,\"holds\":2,"
          + "\"heldAt\":[1784635200000,1784635140000,null,null],"
          + "\"evaluatedAt\":1784635200000,\"arrivedAt\":1784635200040,"
          + "\"supportedUntil\":1784635800000}}";

  @Test
  void itIsWrittenInThisForm() {
    assertEquals(JSON, SensorMemory.toJson(QualityMemory.NONE, TREND, ALERT));
  }

  @Test
  void thisFormIsRead() {
    JsonNode memory = SensorMemory.parse(JSON);
    assertEquals(TREND, SensorMemory.trendOf(memory));
    assertEquals(ALERT, SensorMemory.alertOf(memory, 2));
  }

  @Test
  void aNewRowIsASensorThatWasNeverHeard() {
    JsonNode memory = SensorMemory.parse("{}");
    assertEquals(Trend.NONE, SensorMemory.trendOf(memory));
    assertEquals(AlertState.NONE, SensorMemory.alertOf(memory, 0));
    assertEquals(QualityMemory.NONE, SensorMemory.qualityOf(memory));
  }

  @Test
  void whatIsNoJsonIsABug() {
    assertThrows(IllegalStateException.class, () -> SensorMemory.parse("{"));
  }
}
