package io.floodmark.bench.ingest;

import java.util.Locale;

/** What can be measured alone. */
public enum Part {
  /** Readings a second, against Mosquitto and COPY. */
  THROUGHPUT,
  /** What an acknowledgement waits for. */
  ACK,
  /** What connections cost that are silent. */
  IDLE,
  /** The rate over months of readings. */
  FULL,
  /** Bytes on disk of a reading. */
  SIZE,
  /** The database away for a minute. */
  AWAY;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
