package io.floodmark.api.notify;

import java.time.Duration;

/**
 * One way to people or machines, as it is set up now. Used by one thread, for one message, then
 * closed.
 */
@FunctionalInterface
public interface Channel {
  /** The longest that a send may take, all its steps together. */
  Duration SEND_WITHIN = Duration.ofSeconds(20);

  /**
   * Sends; returns within {@link #SEND_WITHIN}. The same message may come again, with the same key,
   * after a process died between sending and noting it, or after an answer that was lost.
   *
   * @return how it went; what goes wrong on the way is an outcome and no exception
   * @throws InterruptedException if the process stops meanwhile
   */
  Outcome send(Message message) throws InterruptedException;

  /** Opens channels of one kind. Safe for use by any thread. */
  @FunctionalInterface
  interface Opener {
    /**
     * The channel that {@code setup} describes; connects nowhere yet.
     *
     * @throws IllegalArgumentException with a sentence if the settings cannot be
     */
    Channel open(ChannelSetup setup);
  }
}
