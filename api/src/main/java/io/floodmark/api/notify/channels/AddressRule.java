package io.floodmark.api.notify.channels;

import io.floodmark.api.notify.Said;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a webhook may go, and mail and MQTT likewise. Whoever sets one up makes this server call an
 * address of their choice, so what only this machine can reach stays closed: the machine itself,
 * unless the operator opens it, and always its link-local addresses, where clouds keep the
 * machine's own secrets. The ward's private network is open: that is where other systems stand.
 *
 * @param loopback whether the machine itself may be called: for webhooks setting {@code
 *     webhook.loopback}, always for mail servers and brokers, which often run beside us
 */
public record AddressRule(boolean loopback) {
  /** Of mail servers and brokers. */
  static final AddressRule WITH_LOOPBACK = new AddressRule(true);

  /** Looks a name up. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /** Why that can be no address of a webhook, as the key of a text; empty if it can. */
  public static Optional<String> whyNot(String url) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        return Optional.of("problem.url.scheme");
      }
      if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
        return Optional.of("problem.url");
      }
      return Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.of("problem.url");
    }
  }

  /**
   * Why a host must not be called; empty if it may.
   *
   * @throws UnknownHostException if its name is unknown
   */
  Optional<Said> whyForbidden(String host, Lookup lookup) throws UnknownHostException {
    for (InetAddress address : lookup.addresses(host)) {
      if (address.isLoopbackAddress() && !loopback) {
        return Optional.of(Said.of(Said.Sentence.HOST_IS_US, "host", host));
      }
      if (address.isLinkLocalAddress()
          || address.isAnyLocalAddress()
          || address.isMulticastAddress()) {
        return Optional.of(
            Said.of(
                Said.Sentence.HOST_FORBIDDEN, "host", host, "address", address.getHostAddress()));
      }
    }
    return Optional.empty();
  }
}
