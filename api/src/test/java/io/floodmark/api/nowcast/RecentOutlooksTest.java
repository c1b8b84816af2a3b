package io.floodmark.api.nowcast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.alert.AlertPolicy;
import io.floodmark.nowcast.Outlook;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentOutlooksTest {
  private static final Instant AT = Instant.parse("2026-06-01T07:00:00Z");

  private final List<Integer> asked = new ArrayList<>();
  private final RecentOutlooks outlooks =
      new RecentOutlooks(
          (connection, questions) -> {
            Map<Integer, Outlook> answers = new HashMap<>();
            for (OutlookRows.Question question : questions) {
              asked.add(question.sensorId());
              answers.put(question.sensorId(), Outlook.nothing(Outlook.Why.DRY));
            }
            return answers;
          });

  @Test
  void aSensorThatSendsEverySecondIsWorkedOutEveryFewSeconds() throws SQLException {
    for (int second = 0; second < 10; second++) {
      assertEquals(1, ask(7, AT.plusSeconds(second), 0).size());
    }
    assertEquals(List.of(7, 7), asked);
  }

  @Test
  void anotherLevelOrAnotherSensorOrAnEarlierReadingIsWorkedOutAtOnce() throws SQLException {
    ask(7, AT, 0);
    ask(7, AT.plusSeconds(1), 2);
    ask(8, AT.plusSeconds(1), 0);
    ask(7, AT.minusSeconds(60), 2);
    assertEquals(List.of(7, 7, 8, 7), asked);
  }

  private Map<Integer, Outlook> ask(int sensorId, Instant newestAt, int level) throws SQLException {
    AlertPolicy policy = new AlertPolicy(AlertPolicy.DEFAULT_THRESHOLDS_MM, Duration.ofMinutes(10));
    return outlooks.of(
        null,
        List.of(
            new OutlookRows.Question(
                sensorId, newestAt, policy, 0, Duration.ofSeconds(60), level)));
  }
}
