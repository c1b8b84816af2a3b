package io.floodmark.ingest.packet;

/**
 * What a PUBLISH or a will of MQTT 5 says beside topic and payload (§3.3.2.3, §3.1.3.2). Immutable;
 * whoever asks for its bytes must not change them.
 *
 * @param topicAlias 1 to 65,535; 0 for none
 * @param expirySeconds how long the message is of use, 0 to 4,294,967,295; {@link #NEVER} if it
 *     does not say
 * @param delaySeconds of a will: how long to wait before it is published
 * @param passedOn what goes on to subscribers as it came: payload format, content type, response
 *     topic, correlation data and user properties in their order (§3.3.2.3); checked, and encoded
 *     as in the packet, without the length before them
 */
@SuppressWarnings("ArrayRecordComponent")
public record PublishProperties(
    int topicAlias, long expirySeconds, long delaySeconds, byte[] passedOn) {
  /** It does not expire. */
  public static final long NEVER = -1;

  private static final byte[] NOTHING = {};

  /** None at all. */
  public static final PublishProperties NONE = new PublishProperties(0, NEVER, 0, NOTHING);
}
