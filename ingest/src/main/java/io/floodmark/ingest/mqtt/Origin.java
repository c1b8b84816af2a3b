package io.floodmark.ingest.mqtt;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * Where a connection comes from, as limits per address count it: an IPv4 address, or the first 64
 * bits of an IPv6 address, which is what one household has. Immutable.
 *
 * @param bits the address
 * @param isNear whether it is this machine, for which no such limit counts: its programs have other
 *     ways to do harm, and behind a proxy it is everybody
 */
record Origin(long bits, boolean isNear) {
  /** This machine. */
  static final Origin NEAR = new Origin(0, true);

  private static final int IPV4_BYTES = 4;

  static Origin of(SocketAddress address) {
    if (!(address instanceof InetSocketAddress internet) || internet.getAddress() == null) {
      return NEAR;
    }
    InetAddress from = internet.getAddress();
    if (from.isLoopbackAddress()) {
      return NEAR;
    }
    byte[] bytes = from.getAddress();
    // No IPv6 network begins with 32 zero bits, but for addresses that are IPv4's.
    return new Origin(
        bytes.length == IPV4_BYTES
            ? Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt())
            : ByteBuffer.wrap(bytes).getLong(),
        false);
  }
}
