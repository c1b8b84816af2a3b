package io.floodmark.ingest.packet;

import java.util.Optional;

/**
 * CONNECT (§3.1), in the terms of MQTT 5: what 3.1.1 cannot say is as it is understood there.
 *
 * @param clientId empty if the client leaves it to us
 * @param cleanStart whether an earlier session is to be forgotten
 * @param keepAliveSeconds 0 for no limit
 * @param sessionExpirySeconds how long after the connection the session is kept, 0 to {@link
 *     #NEVER_EXPIRES}
 * @param receiveMax messages of QoS 1 and 2 that it takes at a time, 1 to 65,535
 * @param packetBytesMax longest packet that it takes, 1 or more
 * @param topicAliasMax how many topic aliases it takes
 * @param wantsProblems whether it wants to read in words why something was not done
 * @param authenticates whether it wants to authenticate by an exchange (§4.12)
 * @param will what to publish should it vanish
 * @param user its name
 * @param password its secret; not copied
 */
public record Connect(
    ProtocolVersion version,
    String clientId,
    boolean cleanStart,
    int keepAliveSeconds,
    long sessionExpirySeconds,
    int receiveMax,
    long packetBytesMax,
    int topicAliasMax,
    boolean wantsProblems,
    boolean authenticates,
    Optional<Will> will,
    Optional<String> user,
    Optional<byte[]> password)
    implements Packet {
  /** A session that is kept for ever (MQTT 5.0 §3.1.2.11.2). */
  public static final long NEVER_EXPIRES = 0xFFFF_FFFFL;

  /** Says no password, and no will's payload. */
  @Override
  public String toString() {
    return "Connect[" + version + ", clientId=" + clientId + ", user=" + user + "]";
  }
}
