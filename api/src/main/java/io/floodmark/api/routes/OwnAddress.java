package io.floodmark.api.routes;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Under which address browsers reach us: what tells our own pages from those of others. Immutable.
 *
 * @param publicUrl scheme, host and port, where the operator has said so
 * @param clients says which proxies are ours
 */
public record OwnAddress(Optional<String> publicUrl, ClientAddress clients) {
  /**
   * Whether the browser says that this request was made by a page of somebody else. Programs say
   * nothing of the kind. Old phones send no Sec-Fetch-Site, but Origin with each form.
   */
  public boolean isFromElsewhere(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    String origin = request.getHeader("Origin");
    return origin != null && !isOurs(origin, request);
  }

  /** Whether the browser speaks HTTPS to us, or to a proxy of ours. */
  public boolean isHttps(HttpServerRequest request) {
    return request.isSSL()
        || publicUrl.filter(url -> url.startsWith("https:")).isPresent()
        || (clients.isTrustedProxy(request)
            && "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto")));
  }

  private boolean isOurs(String origin, HttpServerRequest request) {
    if (publicUrl.filter(url -> url.equalsIgnoreCase(origin)).isPresent()) {
      return true;
    }
    HostAndPort asked = request.authority();
    try {
      // The scheme may differ from ours behind a proxy; "null" has no authority.
      String authority = new URI(origin).getAuthority();
      return asked != null
          && authority != null
          && authority.toLowerCase(Locale.ROOT).equals(asked.toString().toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
