package io.floodmark.server;

/** Which part of the work a process does. */
enum Role {
  /** All of it. */
  ALL,
  /** Takes readings in. */
  INGEST,
  /** Serves the map and the API. */
  API;

  boolean ingests() {
    return this != API;
  }

  boolean serves() {
    return this != INGEST;
  }
}
