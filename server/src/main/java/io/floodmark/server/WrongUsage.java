package io.floodmark.server;

/**
 * Flags or settings that make no sense: the program ends with exit code 2 before it does anything.
 */
public final class WrongUsage extends Failure {
  private static final long serialVersionUID = 1L;

  /** Told in {@code sentence}, which names the setting and what is allowed. */
  public WrongUsage(String sentence) {
    super(sentence);
  }
}
