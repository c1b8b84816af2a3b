package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.Rejection;
import io.floodmark.ingest.packet.Publish;

/**
 * What is left of a PUBLISH whose payload was too large: it has been received to its end, and
 * thrown away but for this.
 *
 * @param head all of it but its payload, which is empty
 * @param rejection its size, and its beginning
 */
record OversizePublish(Publish head, Rejection rejection) {}
