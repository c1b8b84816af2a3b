package io.floodmark.ingest.mqtt;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** SHA-256 of a sensor's token. Compared in constant time. Immutable. */
public final class TokenHash {
  private static final int LENGTH_BYTES = 32;

  private final byte[] sha256;

  private TokenHash(byte[] sha256) {
    this.sha256 = sha256;
  }

  /** The hash of a token, as the sensor sends it. */
  public static TokenHash ofToken(byte[] token) {
    try {
      return new TokenHash(MessageDigest.getInstance("SHA-256").digest(token));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256, but this one does not.", e);
    }
  }

  /**
   * A hash as it is stored.
   *
   * @throws IllegalArgumentException if it is not 32 bytes long
   */
  public static TokenHash ofSha256(byte[] sha256) {
    if (sha256.length != LENGTH_BYTES) {
      throw new IllegalArgumentException("SHA-256 has 32 bytes, not " + sha256.length + ".");
    }
    return new TokenHash(sha256.clone());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenHash hash && MessageDigest.isEqual(sha256, hash.sha256);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sha256);
  }

  /** Says nothing: whoever logs it gives nothing away. */
  @Override
  public String toString() {
    return "TokenHash";
  }
}
