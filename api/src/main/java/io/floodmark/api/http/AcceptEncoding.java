package io.floodmark.api.http;

import java.util.Locale;
import java.util.Optional;

/** What RFC 9110 §12.5.3 says of the header of that name, as far as gzip goes. Pure. */
public final class AcceptEncoding {
  private AcceptEncoding() {}

  /** Whether a client that sent {@code header} takes gzip; one that sent none is not asked to. */
  public static boolean takesGzip(Optional<String> header) {
    boolean any = false;
    for (String element : header.orElse("").toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = element.split(";", -1);
      String coding = parts[0].strip();
      if (coding.equals("gzip") || coding.equals("x-gzip")) {
        return !isRefused(parts);
      }
      any |= coding.equals("*") && !isRefused(parts);
    }
    return any;
  }

  private static boolean isRefused(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].strip().matches("q=0(\\.0*)?")) {
        return true;
      }
    }
    return false;
  }
}
