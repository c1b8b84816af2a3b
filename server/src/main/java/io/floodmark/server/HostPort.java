package io.floodmark.server;

/**
 * An address as it is shown and connected to.
 *
 * @param host what is listened on
 * @param port the port that was taken, never 0
 */
record HostPort(String host, int port) {
  /** The host to connect to from this machine: no client can connect to "everywhere". */
  String reachableHost() {
    return switch (host) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::", "0:0:0:0:0:0:0:0" -> "::1";
      default -> host;
    };
  }

  /** Such as {@code http://127.0.0.1:8080}. */
  String url(String scheme) {
    String reachable = reachableHost();
    return scheme
        + "://"
        + (reachable.contains(":") ? "[" + reachable + "]" : reachable)
        + ":"
        + port;
  }
}
