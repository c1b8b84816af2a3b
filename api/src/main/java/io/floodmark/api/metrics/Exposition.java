package io.floodmark.api.metrics;

import java.util.List;
import java.util.Map;

/** Writes all figures of this process as text. Safe for use by any thread. */
@FunctionalInterface
public interface Exposition {
  /** Its media type: version 0.0.4 of Prometheus' text format, which OpenMetrics readers know. */
  String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** All figures, one a line; {@code seen} are those that only the web server knows. */
  String text(Seen seen);

  /**
   * What the web server saw just now.
   *
   * @param databaseAnswers whether the database did
   * @param load what it has to do
   * @param outbox what is to be told to people; empty also while the database is away
   */
  record Seen(boolean databaseAnswers, Load load, List<Outbox> outbox) {
    /** Copies the list. */
    public Seen {
      outbox = List.copyOf(outbox);
    }
  }

  /**
   * What the web server has to do, and how much it takes on.
   *
   * @param liveClients browsers that listen to the live feed
   * @param liveClientsMax how many may
   * @param databaseCalls calls of the database that run or wait for their turn
   * @param databaseCallsMax how many may; what comes beyond is answered by 503
   * @param work what else waits in a line of its own
   * @param answers by HTTP status, since the start
   */
  record Load(
      int liveClients,
      int liveClientsMax,
      int databaseCalls,
      int databaseCallsMax,
      List<Work> work,
      Map<Integer, Long> answers) {
    /** Nothing at all. */
    public static final Load NONE = new Load(0, 0, 0, 0, List.of(), Map.of());

    /** Copies the list and the map. */
    public Load {
      work = List.copyOf(work);
      answers = Map.copyOf(answers);
    }
  }

  /**
   * Work for requests that has threads of its own.
   *
   * @param kind such as {@code passwords}
   * @param open how much of it runs or waits for its turn
   * @param openMax how much may; what comes beyond is refused
   */
  record Work(String kind, int open, int openMax) {}

  /**
   * What one channel has to tell.
   *
   * @param channel its number
   * @param kind such as {@code webhook}
   * @param waiting messages that are still to be sent
   * @param dead messages that were given up
   * @param oldestWaitingS how long the oldest has been waiting, in seconds
   */
  record Outbox(int channel, String kind, long waiting, long dead, double oldestWaitingS) {}
}
