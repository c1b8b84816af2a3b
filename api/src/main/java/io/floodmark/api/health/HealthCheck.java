package io.floodmark.api.health;

/**
 * One thing without which this process is not ready. Asked at most once a second, on a thread that
 * may wait for a moment, and never by two at once.
 */
public interface HealthCheck {
  /** As it stands in the answer, in small letters. */
  String name();

  /** How it is now. */
  Finding look();

  /**
   * What was found.
   *
   * @param good whether one can work with it
   * @param detail a sentence or a phrase for whoever looks into it
   */
  record Finding(boolean good, String detail) {}
}
