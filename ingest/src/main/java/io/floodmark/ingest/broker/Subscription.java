package io.floodmark.ingest.broker;

import java.util.OptionalInt;

/**
 * One filter of a SUBSCRIBE with its options (§3.8.3.1). In 3.1.1 there are no options: {@link
 * #of}.
 *
 * @param filter what is asked for
 * @param qos the highest that is sent, 0, 1 or 2
 * @param noLocal whether what the client publishes itself is left out; not with a shared filter
 * @param retainAsPublished whether the RETAIN flag stays as it was published
 * @param retainHandling whether retained messages are sent
 * @param id subscription identifier, 1 to 268,435,455, sent with each message (§3.8.2.1.2)
 */
public record Subscription(
    TopicFilter filter,
    int qos,
    boolean noLocal,
    boolean retainAsPublished,
    RetainHandling retainHandling,
    OptionalInt id) {

  private static final int ID_MAX = 268_435_455;

  /** When a SUBSCRIBE brings retained messages. */
  public enum RetainHandling {
    /** With every SUBSCRIBE. */
    SEND_AT_SUBSCRIBE(0),
    /** If the subscription is not there yet. */
    SEND_IF_NEW(1),
    /** Never. */
    DO_NOT_SEND(2);

    private final int code;

    RetainHandling(int code) {
      this.code = code;
    }

    /** As it stands in a SUBSCRIBE, 0, 1 or 2. */
    public int code() {
      return code;
    }

    /**
     * Of that code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RetainHandling of(int code) {
      return switch (code) {
        case 0 -> SEND_AT_SUBSCRIBE;
        case 1 -> SEND_IF_NEW;
        case 2 -> DO_NOT_SEND;
        default -> throw new IllegalArgumentException("Not a retain handling: " + code);
      };
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is left, or a shared subscription asks for No Local
   *     (MQTT-3.8.3-4)
   */
  public Subscription {
    if (qos < 0 || qos > 2) {
      throw new IllegalArgumentException("Not a QoS: " + qos);
    }
    if (noLocal && filter.isShared()) {
      throw new IllegalArgumentException("No Local is not for shared subscriptions.");
    }
    if (id.isPresent() && (id.getAsInt() < 1 || id.getAsInt() > ID_MAX)) {
      throw new IllegalArgumentException("Not a subscription identifier: " + id.getAsInt());
    }
  }

  /** As in MQTT 3.1.1. */
  public static Subscription of(TopicFilter filter, int qos) {
    return new Subscription(
        filter, qos, false, false, RetainHandling.SEND_AT_SUBSCRIBE, OptionalInt.empty());
  }
}
