package io.floodmark.server;

/**
 * Something that the operator has to know and can change: a taken folder, a full disk, a wrong row.
 *
 * <p>The message is a sentence that says what to do; the program prints it as it is, without a
 * stack trace, and ends with exit code 1.
 */
public class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure told in {@code sentence}. */
  public Failure(String sentence) {
    super(sentence);
  }

  /** A failure told in {@code sentence}, with what lies beneath for the log. */
  public Failure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
