/**
 * The heart of an MQTT server (3.1.1 and 5.0) without its wire: {@link
 * io.floodmark.ingest.broker.Broker} knows sessions, subscriptions and retained messages, and hands
 * to each connection what is to be sent. What has to outlive a restart is written before it is
 * acknowledged. "§" without more is a section of MQTT 5.0; what differs in 3.1.1 is said.
 *
 * <p>Readings and statuses of sensors are not stored here: they go through {@link
 * io.floodmark.ingest.commit}.
 */
package io.floodmark.ingest.broker;
