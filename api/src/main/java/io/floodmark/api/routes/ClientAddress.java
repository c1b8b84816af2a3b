package io.floodmark.api.routes;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Where a request comes from, as the guessing limits count it. Behind a proxy of ours that is the
 * last address in X-Forwarded-For that is no proxy of ours; anybody else's header counts for
 * nothing. Immutable.
 *
 * @param trustedProxies their addresses
 */
public record ClientAddress(Set<String> trustedProxies) {
  private static final int IPV4_CHARS = 15;

  /** Whoever sends such headers shares one count. */
  private static final String UNREADABLE = "unreadable";

  /** Copies the set. */
  public ClientAddress {
    trustedProxies = Set.copyOf(trustedProxies);
  }

  /** The address as text; for IPv6 its first 64 bits, which is what one household has. */
  public String of(HttpServerRequest request) {
    String peer = request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
    String address = peer == null ? "" : peer;
    String forwarded = request.getHeader("X-Forwarded-For");
    if (forwarded != null && trustedProxies.contains(address)) {
      String[] hops = forwarded.split(",", -1);
      for (int i = hops.length - 1; i >= 0 && trustedProxies.contains(address); i--) {
        address = hops[i].strip();
      }
    }
    return network(address);
  }

  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address.length() <= IPV4_CHARS ? address : UNREADABLE;
    }
    try {
      // With a colon in it this is a literal or an error; no name is looked up.
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length == 4
          ? InetAddress.getByAddress(bytes).getHostAddress()
          : HexFormat.ofDelimiter(":").formatHex(bytes, 0, 8) + "::/64";
    } catch (UnknownHostException e) {
      return UNREADABLE;
    }
  }
}
