package io.floodmark.ingest.broker;

/**
 * What the CONNACK has to say.
 *
 * @param connection the connection's hold on its session
 * @param sessionPresent whether the session was there before
 * @param sessionExpirySeconds the interval in force; less than what was asked for if that is more
 *     than the server grants (§3.2.2.3.2)
 */
public record ConnectResult(
    BrokerConnection connection, boolean sessionPresent, long sessionExpirySeconds) {}
