package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.packet.Connect;
import io.floodmark.ingest.packet.Welcome;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a client is let in with. MQTT 5 is told where that is not what it asked for, and what we
 * take (§3.2.2.3).
 *
 * @param connect what it asked for
 * @param limits ours
 * @param keepAliveSeconds the keep-alive in force; 0 for none, which only 3.1.1 can have
 */
record Terms(Connect connect, MqttLimits limits, int keepAliveSeconds) {
  // What a PUBLISH of the largest payload may have beside it; what has more is taken all the same.
  private static final int HEADER_BYTES = 4_096;

  static Terms of(SignIn.Accepted accepted, MqttLimits limits) {
    Connect connect = accepted.connect();
    int asked = connect.keepAliveSeconds();
    int max = limits.keepAliveSecondsMax(accepted.client());
    boolean tooLong = connect.version().isMqtt5() && (asked == 0 || asked > max);
    return new Terms(connect, limits, tooLong ? max : asked);
  }

  /** As long as the answer may be. */
  Welcome longestWelcome() {
    long asked = connect.sessionExpirySeconds();
    return welcome(ClientIds.LONGEST, true, Math.max(0, asked - 1));
  }

  /**
   * The answer.
   *
   * @param clientId the client's, or the one it was given
   * @param sessionExpirySeconds how long its session is kept
   */
  Welcome welcome(String clientId, boolean sessionPresent, long sessionExpirySeconds) {
    return new Welcome(
        sessionPresent,
        sessionExpirySeconds == connect.sessionExpirySeconds()
            ? OptionalLong.empty()
            : OptionalLong.of(sessionExpirySeconds),
        limits.receiveMax(),
        limits.payloadBytesMax() + HEADER_BYTES,
        limits.topicAliasMax(),
        connect.clientId().isEmpty() ? Optional.of(clientId) : Optional.empty(),
        keepAliveSeconds == connect.keepAliveSeconds()
            ? OptionalInt.empty()
            : OptionalInt.of(keepAliveSeconds));
  }
}
