package io.floodmark.api.notify;

/**
 * How a send went.
 *
 * @param kind what follows from it
 * @param detail what the other side said, on one line, without secrets
 */
public record Outcome(Kind kind, String detail) {
  private static final int DETAIL_CHARS_MAX = 300;

  /** What follows. */
  public enum Kind {
    /** It is there. */
    SENT,
    /** Nothing had to be sent. */
    SKIPPED,
    /** Another try may help. */
    RETRY,
    /** No further try helps: somebody has to change something. */
    REFUSED
  }

  /** Puts the detail on one line of at most 300 characters. */
  public Outcome {
    String line = detail.replaceAll("\\p{Cntrl}+", " ").strip();
    detail = line.length() > DETAIL_CHARS_MAX ? line.substring(0, DETAIL_CHARS_MAX) : line;
  }

  /** It is there. */
  public static Outcome sent(String detail) {
    return new Outcome(Kind.SENT, detail);
  }

  /** Nothing had to be sent. */
  public static Outcome skipped(String detail) {
    return new Outcome(Kind.SKIPPED, detail);
  }

  /** Another try may help. */
  public static Outcome retry(String detail) {
    return new Outcome(Kind.RETRY, detail);
  }

  /** No further try helps. */
  public static Outcome refused(String detail) {
    return new Outcome(Kind.REFUSED, detail);
  }
}
