/**
 * MQTT 3.1.1 on Netty: from sockets to submissions, and acknowledgements back once they are
 * committed.
 *
 * <p>Threads: a connection and all that belongs to it is confined to the event loop it was accepted
 * on. What other threads have to say to a connection (a commit, a changed row, a full queue that
 * has room again) is handed over to that loop. Nothing of Netty leaves this package.
 */
package io.floodmark.ingest.mqtt;
