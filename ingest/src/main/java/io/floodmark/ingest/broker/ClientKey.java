package io.floodmark.ingest.broker;

/**
 * Whose a session is. Client ids of different accounts are different clients, so that nobody can
 * take over another's session.
 *
 * @param account who signed in, in whatever words, lasting over restarts: a sensor, a token
 * @param clientId of the CONNECT, or the one assigned
 */
public record ClientKey(String account, String clientId) {}
