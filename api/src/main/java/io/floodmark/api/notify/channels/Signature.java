package io.floodmark.api.notify.channels;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What proves to the receiver of a webhook that we sent it, and when. Pure. */
public final class Signature {
  private static final String HMAC = "HmacSHA256";

  private Signature() {}

  /**
   * HMAC-SHA-256 (RFC 2104) with {@code secret} over the timestamp, a dot and the body, as {@code
   * sha256=} and hexadecimal.
   *
   * @param timestamp seconds since 1970 as text, as the header says it
   */
  public static String of(String secret, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java has HMAC-SHA-256.", e);
    }
  }
}
