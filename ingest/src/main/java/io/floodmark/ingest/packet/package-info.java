/**
 * The packets of MQTT 3.1.1 and 5.0: from bytes to {@link io.floodmark.ingest.packet.Packet} and
 * back, and what a packet may look like. Knows of no connection and no session; what packets are
 * allowed when, and what they mean, is for {@code io.floodmark.ingest.mqtt} to say.
 */
package io.floodmark.ingest.packet;
