package io.floodmark.api.plates.label;

import io.floodmark.plate.PlateCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where plates point to: {@code {public.url}/Q/{CODE}}. It is in upper case as a whole, which
 * scheme, host and our own path allow (RFC 3986 §6.2.2.1), because QR's alphanumeric mode knows no
 * other letters and makes the symbol a version smaller than bytes would.
 */
public final class PlateAddress {
  /** What error correction H holds in version 6; a longer address has too fine a symbol. */
  static final int LENGTH_MAX = 84;

  private static final int CODE_LENGTH = 10;

  private final String origin;
  private final String authority;

  private PlateAddress(String scheme, String authority) {
    this.origin = (scheme + "://" + authority).toUpperCase(Locale.ROOT);
    this.authority = authority.toLowerCase(Locale.ROOT);
  }

  /**
   * The addresses under a {@code public.url}.
   *
   * @param publicUrl scheme {@code http} or {@code https}, host and, if it is not the scheme's,
   *     port; empty or blank is unset
   * @throws IllegalArgumentException if plates cannot point there, with a sentence that says what
   *     to set
   */
  public static PlateAddress of(Optional<String> publicUrl) {
    String text = publicUrl.map(String::strip).orElse("");
    if (text.isEmpty()) {
      throw refused("Labels are refused while public.url is unset or loopback");
    }
    URI url = parse(text);
    String host = Optional.ofNullable(url.getHost()).orElse("").toLowerCase(Locale.ROOT);
    if (isLoopback(host)) {
      throw refused("Labels are refused while public.url is unset or loopback, and it is " + text);
    }
    boolean web =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    if (!web || !host.matches("[a-z0-9.-]+") || url.getPort() == 0 || url.getPort() > 65535) {
      throw refused("Plates cannot point to " + text);
    }
    if (url.getRawUserInfo() != null
        || !url.getRawPath().matches("/?")
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw refused("public.url holds more than scheme, host and port: " + text);
    }
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    PlateAddress address = new PlateAddress(url.getScheme(), host + port);
    int length = address.origin.length() + "/Q/".length() + CODE_LENGTH;
    if (length > LENGTH_MAX) {
      throw refused(
          "The address of a plate would have %d characters, and %d is what a label can hold"
              .formatted(length, LENGTH_MAX));
    }
    return address;
  }

  /** The whole address of one plate, as its symbol holds it. */
  public String of(PlateCode code) {
    return origin + "/Q/" + code.value();
  }

  /** What stands before the code for those who type instead of scanning: {@code host[:port]/q/}. */
  public String typed() {
    return authority + "/q/";
  }

  private static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(sentence("public.url is no address: " + text), e);
    }
  }

  /** Judged by its text: no name is looked up to print a label. */
  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.matches("(127|0)(\\.\\d+){3}")
        || host.matches("\\[[0:]*:[01]?]");
  }

  private static IllegalArgumentException refused(String reason) {
    return new IllegalArgumentException(sentence(reason));
  }

  private static String sentence(String reason) {
    return reason
        + ". Set public.url to the address that residents' phones reach, like"
        + " https://phuong.example.vn: a host name without marks or an IPv4 address, no path.";
  }
}
