package io.floodmark.api.notify;

/**
 * How a send went.
 *
 * @param kind what follows from it
 * @param said what was said about it
 */
public record Outcome(Kind kind, Said said) {
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

  /** What was said, in English on one line. */
  public String detail() {
    return said.english();
  }

  /** It is there. */
  public static Outcome sent(Said.Sentence sentence, Object... namesAndValues) {
    return new Outcome(Kind.SENT, Said.of(sentence, namesAndValues));
  }

  /** Nothing had to be sent. */
  public static Outcome skipped(Said.Sentence sentence, Object... namesAndValues) {
    return new Outcome(Kind.SKIPPED, Said.of(sentence, namesAndValues));
  }

  /** Another try may help. */
  public static Outcome retry(Said.Sentence sentence, Object... namesAndValues) {
    return new Outcome(Kind.RETRY, Said.of(sentence, namesAndValues));
  }

  /** No further try helps. */
  public static Outcome refused(Said.Sentence sentence, Object... namesAndValues) {
    return new Outcome(Kind.REFUSED, Said.of(sentence, namesAndValues));
  }
}
