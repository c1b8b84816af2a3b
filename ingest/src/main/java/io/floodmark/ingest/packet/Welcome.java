package io.floodmark.ingest.packet;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a CONNACK that lets somebody in says (§3.2); all but the first only in MQTT 5. What is not
 * limited is not said: QoS 2, retained messages, wildcards, subscription identifiers and shared
 * subscriptions are there.
 *
 * @param sessionPresent whether the session goes on where it was left
 * @param sessionExpirySeconds how long the session is kept, if that is not what was asked for
 * @param receiveMax messages of QoS 1 and 2 that we take at a time
 * @param packetBytesMax longest packet that we take
 * @param topicAliasMax how many topic aliases we take; 0 for none
 * @param assignedClientId the client id, if we chose it
 * @param keepAliveSeconds the keep-alive, if it is not what was asked for
 */
public record Welcome(
    boolean sessionPresent,
    OptionalLong sessionExpirySeconds,
    int receiveMax,
    int packetBytesMax,
    int topicAliasMax,
    Optional<String> assignedClientId,
    OptionalInt keepAliveSeconds) {}
