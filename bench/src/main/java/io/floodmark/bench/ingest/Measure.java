package io.floodmark.bench.ingest;

import java.util.Locale;

/** A line of the table. */
public enum Measure {
  /** Against a broker that stores nothing. */
  OVER_MOSQUITTO(
      "durable readings/s, one a message, over Mosquitto that stores nothing",
      "overMosquitto",
      true,
      1.0),
  /** Against the database alone, in commits of 2,000 rows. */
  OVER_COPY("the same over COPY of the program's own rows", "overCopy", true, 0.5),
  /** The same with more in a message. */
  BY_20_OVER_COPY("with 20 readings a message, over COPY", "by20OverCopy", true, 0.8),
  /** Waiting for an acknowledgement. */
  ACK_OVER_COMMIT(
      "PUBACK p99 at 1,000 messages/s over p99 of a one-row commit",
      "ackP99OverCommitP99",
      false,
      3),
  /** The same against what the same machine does to commits that come by the clock as well. */
  ACK_OVER_PACED_COMMIT(
      "the same over one-row commits that were due one a millisecond",
      "ackP99OverPacedCommitP99",
      false,
      3),
  /** Heap of a silent connection. */
  IDLE_HEAP("heap of an idle connection of 15,000, bytes", "idleHeapBytes", false, 4_096),
  /** Everybody at once. */
  RECONNECT("15,000 reconnecting at once, all served, s", "reconnectSeconds", false, 20),
  /** Over months of readings. */
  FULL_OVER_EMPTY("rate over a full table over rate with none", "fullOverEmpty", true, 0.9),
  /** On disk. */
  BYTES_PER_READING("bytes on disk of a reading, index included", "bytesPerReading", false, 115),
  /** Memory while nothing can be stored. */
  AWAY_HEAP(
      "heap while the database is away, beyond that before, MB", "awayHeapMegabytes", false, 64),
  /** Nothing is promised that cannot be kept. */
  AWAY_ACKNOWLEDGED("acknowledged while it is away", "awayAcknowledged", false, 0),
  /** And everything in the end. */
  AWAY_UNANSWERED("never acknowledged when it is back", "awayUnanswered", false, 0);

  private final String text;
  private final String figure;
  private final boolean atLeast;
  private final double target;

  Measure(String text, String figure, boolean atLeast, double target) {
    this.text = text;
    this.figure = figure;
    this.atLeast = atLeast;
    this.target = target;
  }

  /** What is measured, in words. */
  public String text() {
    return text;
  }

  /** The name of its figure. */
  public String figure() {
    return figure;
  }

  /** What is to be reached, in words. */
  public String aim() {
    return (atLeast ? "at least " : "at most ") + number(target);
  }

  /** A figure of it in words, and whether it reaches the target. */
  public String verdict(double measured) {
    boolean reached = atLeast ? measured >= target : measured <= target;
    return number(measured) + (reached ? " yes" : " NO");
  }

  private static String number(double number) {
    boolean whole = number == Math.rint(number) || Math.abs(number) >= 100;
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%.2f", number);
  }
}
