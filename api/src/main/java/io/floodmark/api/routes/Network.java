package io.floodmark.api.routes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** An address or a range of them, as {@code 10.0.0.0/8} or {@code fd00::/8}. Immutable. */
final class Network {
  private final byte[] first;
  private final int bits;

  private Network(byte[] first, int bits) {
    this.first = first;
    this.bits = bits;
  }

  /** The network of that text; empty if it is none. No name is looked up. */
  static Optional<Network> find(String text) {
    String[] parts = text.strip().split("/", 2);
    Optional<byte[]> address = address(parts[0]);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int bitsMax = address.get().length * Byte.SIZE;
    if (parts.length == 1) {
      return Optional.of(new Network(address.get(), bitsMax));
    }
    if (!parts[1].matches("\\d{1,3}") || Integer.parseInt(parts[1]) > bitsMax) {
      return Optional.empty();
    }
    return Optional.of(new Network(address.get(), Integer.parseInt(parts[1])));
  }

  /** Whether that address lies in it. */
  boolean contains(String text) {
    Optional<byte[]> address = address(text);
    if (address.isEmpty() || address.get().length != first.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    int mask = rest == 0 ? 0 : 0xFF << (Byte.SIZE - rest);
    return Arrays.equals(first, 0, whole, address.get(), 0, whole)
        && (rest == 0 || ((first[whole] ^ address.get()[whole]) & mask) == 0);
  }

  /** The bytes of a literal address; an IPv4 address within IPv6 is that IPv4 address. */
  static Optional<byte[]> address(String text) {
    // A literal or an error: what could be a name is not looked up.
    if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}") && text.indexOf(':') < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
