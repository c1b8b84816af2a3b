package io.floodmark.api.routes;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a request comes from, as the guessing limits count it. Behind a proxy of ours that is the
 * last address in X-Forwarded-For that is no proxy of ours; anybody else's header counts for
 * nothing. Immutable.
 */
public final class ClientAddress {
  /** Whoever sends such headers shares one count. */
  private static final String UNREADABLE = "unreadable";

  private static final int IPV6_NETWORK_BYTES = 8;

  private final List<Network> trustedProxies;

  /**
   * Trusts these.
   *
   * @param trustedProxies addresses, or ranges as 10.0.0.0/8
   * @throws IllegalArgumentException with a sentence that names the one that is neither
   */
  public ClientAddress(Set<String> trustedProxies) {
    this.trustedProxies =
        trustedProxies.stream()
            .map(
                text ->
                    Network.find(text)
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "No address and no range of them: " + text + ".")))
            .toList();
  }

  /** Whether that is an address, or a range as 10.0.0.0/8. */
  public static boolean isValidProxy(String text) {
    return Network.find(text).isPresent();
  }

  /** The address as text; for IPv6 its first 64 bits, which is what one household has. */
  public String of(HttpServerRequest request) {
    String address = peer(request);
    // One proxy adds to the header that is there, another adds a header.
    List<String> hops =
        request.headers().getAll("X-Forwarded-For").stream()
            .flatMap(header -> Stream.of(header.split(",", -1)))
            .toList();
    for (int i = hops.size() - 1; i >= 0 && isTrusted(address); i--) {
      address = hops.get(i).strip();
    }
    return network(address);
  }

  /** Whether the request came through a proxy of ours, whose headers then count. */
  boolean isTrustedProxy(HttpServerRequest request) {
    return isTrusted(peer(request));
  }

  private boolean isTrusted(String address) {
    return trustedProxies.stream().anyMatch(network -> network.contains(address));
  }

  private static String peer(HttpServerRequest request) {
    String peer = request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    return peer == null ? "" : peer;
  }

  private static String network(String address) {
    Optional<byte[]> bytes = Network.address(address);
    if (bytes.isEmpty()) {
      return UNREADABLE;
    }
    try {
      return bytes.get().length > IPV6_NETWORK_BYTES
          ? HexFormat.ofDelimiter(":").formatHex(bytes.get(), 0, IPV6_NETWORK_BYTES) + "::/64"
          : InetAddress.getByAddress(bytes.get()).getHostAddress();
    } catch (UnknownHostException e) {
      return UNREADABLE;
    }
  }
}
