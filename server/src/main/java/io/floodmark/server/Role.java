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

  /** Whether health and figures are all that it shows over HTTP, and there is a port for them. */
  boolean isWatchedAlone(ServerConfig config) {
    return this == INGEST
        && (config.httpPort().isPresent() || config.tls().httpsPort().isPresent());
  }
}
