package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.Rejection;
import io.floodmark.ingest.commit.Submission;
import io.floodmark.ingest.packet.Publish;
import io.floodmark.ingest.packet.ReasonCode;

/**
 * Where what a client publishes goes. Confined to the connection's event loop.
 *
 * <p>Which one it is depends on who signed in: readings of sensors are committed, messages of
 * others are passed on.
 */
interface Inlet {
  /** Who is told what came of a message, and when it is safe. */
  interface Receipt extends Submission.Settlement {
    /** Nobody waits: a message of QoS 0. */
    Receipt NOBODY =
        new Receipt() {
          @Override
          public void because(ReasonCode code, String why) {
            // A message of QoS 0 has no answer that could say so.
          }

          @Override
          public void committed() {
            // Nor one that it is safe.
          }
        };

    /** Says what came of it; before {@link #committed}. */
    void because(ReasonCode code, String why);

    @Override
    default void rejected(Rejection why) {
      because(reason(why.reason()), why.detail());
    }

    /** What MQTT 5 is told of what was rejected. */
    static ReasonCode reason(Rejection.Reason reason) {
      return switch (reason) {
        case SYNTAX -> ReasonCode.PAYLOAD_FORMAT_INVALID;
        case TOPIC -> ReasonCode.NOT_AUTHORIZED;
        case EMPTY, RANGE, CONFLICT, OVERSIZE -> ReasonCode.IMPLEMENTATION_SPECIFIC;
      };
    }
  }

  /**
   * Takes in a message.
   *
   * @param topic its topic, also where an alias stands for it
   * @param message the rest
   */
  void publish(String topic, Publish message, Receipt receipt);

  /**
   * Takes in what is left of one that was too large.
   *
   * @param topic its topic, also where an alias stands for it
   */
  void publish(String topic, OversizePublish message, Receipt receipt);

  /**
   * For how long to read no more, because of what was published since the last call.
   *
   * @param nowNanos on a clock that only goes forward
   */
  default long pauseNanos(long nowNanos) {
    return 0;
  }

  /** Whether a message that comes again is known by what it says, not by its packet id alone. */
  boolean knowsWhatComesAgain();

  /**
   * Whether reading has to stop.
   *
   * @param held whether packets of the connection wait already, which are counted
   */
  boolean isFull(boolean held);

  /**
   * Runs {@code resume} once there is room, in place of an earlier one of {@code key}. It must only
   * hand over, and ask again.
   */
  void whenRoom(Object key, Runnable resume);

  /** Nobody waits for room under {@code key} any more. */
  void forget(Object key);
}
