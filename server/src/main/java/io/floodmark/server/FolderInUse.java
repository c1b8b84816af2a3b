package io.floodmark.server;

/** Another process holds the lock of a data folder. */
public final class FolderInUse extends Failure {
  private static final long serialVersionUID = 1L;

  FolderInUse(String sentence) {
    super(sentence);
  }
}
