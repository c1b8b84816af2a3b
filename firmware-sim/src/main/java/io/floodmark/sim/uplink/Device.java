package io.floodmark.sim.uplink;

/**
 * Who signs in.
 *
 * @param code user name, client id and name of its topics: {@code [A-Za-z0-9][A-Za-z0-9_-]{0,31}}
 * @param token password
 * @param announcesItself whether it publishes {@code online} and {@code offline} and leaves a will
 */
public record Device(String code, String token, boolean announcesItself) {
  public Device {
    if (!code.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,31}")) {
      throw new IllegalArgumentException(
          "Not a sensor code: \"" + code + "\". Use 1 to 32 letters, digits, _ or -.");
    }
    if (token.isEmpty()) {
      throw new IllegalArgumentException("Sensor " + code + " has no token.");
    }
  }

  String readingsTopic() {
    return "sensors/" + code + "/readings";
  }

  String statusTopic() {
    return "sensors/" + code + "/status";
  }

  /** Without the token: this may be logged. */
  @Override
  public String toString() {
    return code;
  }
}
