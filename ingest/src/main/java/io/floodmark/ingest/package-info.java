/**
 * Bytes in, committed rows and acknowledgements out. {@link io.floodmark.ingest.Ingest} wires the
 * line; its packages follow a reading: {@link io.floodmark.ingest.mqtt} hears it, {@link
 * io.floodmark.ingest.payload} decodes it, {@link io.floodmark.ingest.commit} commits it and lets
 * it be acknowledged.
 */
package io.floodmark.ingest;
