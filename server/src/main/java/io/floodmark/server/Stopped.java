package io.floodmark.server;

/** Something was given up because the process is to end: no failure, if that was asked for. */
final class Stopped extends Failure {
  private static final long serialVersionUID = 1L;

  Stopped(String sentence) {
    super(sentence);
  }
}
