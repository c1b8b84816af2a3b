package io.floodmark.backup;

/** Why a backup was not written, or not restored, as a sentence that says what to do. */
public final class BackupException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what to tell the operator. */
  BackupException(String sentence) {
    super(sentence);
  }

  /** With what to tell the operator, and what lies beneath for the log. */
  BackupException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
