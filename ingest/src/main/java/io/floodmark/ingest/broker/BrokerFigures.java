package io.floodmark.ingest.broker;

/**
 * What the broker holds at one moment.
 *
 * @param durableConnected sessions that outlive their connections and have one now
 * @param durableOffline those that nobody is connected to
 * @param subscriptions of all sessions
 * @param retained retained messages of clients
 * @param retainedBytes what these hold, in bytes of payload
 * @param states retained messages of the server itself
 * @param queuedConnected messages that wait for sessions that somebody is connected to, or are in
 *     flight to them
 * @param queuedOffline messages that wait for the others
 * @param unwrittenBytes what waits to be committed, in bytes of memory, about
 */
public record BrokerFigures(
    int durableConnected,
    int durableOffline,
    int subscriptions,
    int retained,
    long retainedBytes,
    int states,
    long queuedConnected,
    long queuedOffline,
    long unwrittenBytes) {}
