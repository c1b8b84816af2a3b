package io.floodmark.api.sensors.register;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The password of a sensor. Only its SHA-256 is stored: a token is random, so there is nothing to
 * guess that a slow hash would have to protect.
 *
 * @param value 20 to 128 visible ASCII characters
 */
public record SensorToken(String value) {
  /** What a value has to be, for error messages. */
  static final String ALLOWED = "20 to 128 letters, digits or signs, without spaces";

  private static final int RANDOM_BYTES = 16;

  /**
   * Checks length and characters.
   *
   * @throws IllegalArgumentException if it is too weak, or could not be typed into firmware
   */
  public SensorToken {
    if (!isValid(value)) {
      throw new IllegalArgumentException("A token has to be " + ALLOWED + ".");
    }
  }

  static boolean isValid(String text) {
    return text.matches("[\\x21-\\x7E]{20,128}");
  }

  /** A new one of 128 random bits, in hexadecimal digits: they survive every shell and form. */
  public static SensorToken random(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new SensorToken(HexFormat.of().formatHex(bytes));
  }

  /** What is stored: 32 bytes. */
  public byte[] sha256() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** Without the value. */
  @Override
  public String toString() {
    return "a token";
  }
}
