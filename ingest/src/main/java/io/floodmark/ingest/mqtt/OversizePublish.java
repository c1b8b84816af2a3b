package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.Rejection;

/**
 * What is left of a PUBLISH whose payload was too large: it has been received to its end, and
 * thrown away but for this.
 *
 * @param topic its topic
 * @param qos 0, 1 or 2
 * @param packetId 1 to 65,535; 0 for QoS 0
 * @param repeated whether it was marked as sent again (DUP)
 * @param rejection its size, and its beginning
 */
record OversizePublish(
    String topic, int qos, int packetId, boolean repeated, Rejection rejection) {}
