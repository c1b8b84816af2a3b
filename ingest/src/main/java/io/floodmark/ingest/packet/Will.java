package io.floodmark.ingest.packet;

/**
 * What to publish should the client vanish (§3.1.2.5). Whoever asks for the payload must not change
 * it.
 *
 * @param topic not empty
 * @param payload what to say
 * @param qos 0 to 2
 * @param retain whether to keep it for later subscribers
 * @param properties with a delay, and without an alias
 */
@SuppressWarnings("ArrayRecordComponent")
public record Will(
    String topic, byte[] payload, int qos, boolean retain, PublishProperties properties) {}
