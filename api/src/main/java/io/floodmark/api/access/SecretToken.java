package io.floodmark.api.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A random secret that stands for itself: a session, an API token, a reporter's link. Only its hash
 * is stored; 256 bits need no salt and no slow hash. Immutable.
 *
 * @param value 43 characters of A-Z a-z 0-9 _ -
 */
public record SecretToken(String value) {
  private static final int BYTES = 32;

  /** A new one. */
  public static SecretToken draw(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new SecretToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** What is stored of it: 32 bytes. */
  public byte[] sha256() {
    return sha256(value);
  }

  /** The hash of whatever somebody presents as one. */
  public static byte[] sha256(String presented) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(presented.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  @Override
  public String toString() {
    return "SecretToken[***]";
  }
}
