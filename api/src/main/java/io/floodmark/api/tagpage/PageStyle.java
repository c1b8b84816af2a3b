package io.floodmark.api.tagpage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The style of the page, which stands in the page itself: the first answer is all that a phone on a
 * bad network needs. Both the element and the policy that allows it are made of the same text, so
 * they cannot differ. Immutable.
 *
 * @param css what stands between the tags of the style element
 */
record PageStyle(String css) {
  private static final String FILE = "page.css";

  /**
   * Reads the style sheet, leaving out what only people read.
   *
   * @throws IllegalStateException if the class path lacks it: a mistake of the build
   */
  static PageStyle load() {
    try (InputStream in = PageStyle.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("The class path has no " + FILE + ".");
      }
      String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new PageStyle(
          source
              .replaceAll("(?s)/\\*.*?\\*/", "")
              .replaceAll("\\s+", " ")
              .replaceAll(" ?([{};,]) ?", "$1")
              .replace(";}", "}")
              .strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The policy of a page with this style: no script, nothing from elsewhere. */
  String contentSecurityPolicy() {
    return "default-src 'none'; style-src 'sha256-"
        + sha256()
        + "'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  }

  private String sha256() {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
