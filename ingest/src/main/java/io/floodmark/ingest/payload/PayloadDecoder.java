package io.floodmark.ingest.payload;

/** From the bytes of a message to readings. Pure, and safe for use by any thread. */
@FunctionalInterface
public interface PayloadDecoder {
  /** Decodes {@code payload}. Never throws, whatever the bytes. */
  Decoded decode(byte[] payload);
}
