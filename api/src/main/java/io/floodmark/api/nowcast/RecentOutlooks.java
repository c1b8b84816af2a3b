package io.floodmark.api.nowcast;

import io.floodmark.nowcast.Outlook;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What comes next, for whoever asks again with each reading: worked out anew where the newest
 * reading is some seconds later than when it was, or the alert stands elsewhere. Confined to one
 * thread.
 */
public final class RecentOutlooks implements OutlookRows.Source {
  /** Water that is foreseen minutes ahead looks no different after so long. */
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final OutlookRows.Source source;
  private final Map<Integer, Known> known = new HashMap<>();

  private record Known(OutlookRows.Question question, Outlook outlook) {
    boolean answers(OutlookRows.Question asked) {
      Instant at = question.newestAt();
      return asked.standingLevel() == question.standingLevel()
          && asked.policy().equals(question.policy())
          && !asked.newestAt().isBefore(at)
          && asked.newestAt().isBefore(at.plus(KEPT));
    }
  }

  /** Remembers what {@code source} says. */
  public RecentOutlooks(OutlookRows.Source source) {
    this.source = source;
  }

  @Override
  public Map<Integer, Outlook> of(Connection connection, List<OutlookRows.Question> questions)
      throws SQLException {
    Map<Integer, Outlook> outlooks = new HashMap<>();
    List<OutlookRows.Question> anew = new ArrayList<>();
    for (OutlookRows.Question question : questions) {
      Known before = known.get(question.sensorId());
      if (before != null && before.answers(question)) {
        outlooks.put(question.sensorId(), before.outlook());
      } else {
        anew.add(question);
      }
    }
    Map<Integer, Outlook> answers = source.of(connection, anew);
    for (OutlookRows.Question question : anew) {
      Outlook outlook = answers.get(question.sensorId());
      if (outlook != null) {
        known.put(question.sensorId(), new Known(question, outlook));
        outlooks.put(question.sensorId(), outlook);
      }
    }
    return outlooks;
  }
}
