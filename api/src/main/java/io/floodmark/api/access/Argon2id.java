package io.floodmark.api.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id (RFC 9106), version 19, into the PHC string format, in which the
 * cost stands with the hash. Each takes some 50 ms and the memory that its cost names, so it
 * belongs on a worker. Safe for use by any thread.
 */
public final class Argon2id {
  /** As OWASP's Password Storage Cheat Sheet has it: 19 MiB, two passes, one lane. */
  public static final Cost OWASP = new Cost(19 * 1024, 2, 1);

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private final SecureRandom random;
  private final Cost cost;
  private final String decoy;

  /** Hashes with salts from {@code random}. */
  public Argon2id(SecureRandom random, Cost cost) {
    this.random = random;
    this.cost = cost;
    // Of no password: 256 random bits.
    this.decoy = phc(cost, bytes(SALT_BYTES), bytes(HASH_BYTES));
  }

  /**
   * How much work a guess is.
   *
   * @param memoryKib 8 for each lane or more
   * @param passes 1 or more
   * @param lanes 1 or more
   */
  public record Cost(int memoryKib, int passes, int lanes) {
    /** Checks the ranges of RFC 9106 §3.1. */
    public Cost {
      if (lanes < 1 || passes < 1 || memoryKib < 8 * lanes) {
        throw new IllegalArgumentException("Impossible cost: " + memoryKib + "," + passes + ".");
      }
    }
  }

  /** The hash of a password, with a new salt. */
  public String hash(String password) {
    byte[] salt = bytes(SALT_BYTES);
    return phc(cost, salt, raw(cost, salt, utf8(password), HASH_BYTES));
  }

  /**
   * Whether that is the password. Without a hash to compare with, as for an unknown login, it is
   * not, after the same time.
   */
  public boolean matches(String password, Optional<String> phc) {
    Matcher parts = PHC.matcher(phc.orElse(decoy));
    if (!parts.matches()) {
      return matches(password, Optional.empty());
    }
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] actual = raw(costOf(parts), salt, utf8(password), expected.length);
    return MessageDigest.isEqual(expected, actual) && phc.isPresent();
  }

  /** Whether a hash was made at another cost than is asked for now. */
  public boolean isOutdated(String phc) {
    Matcher parts = PHC.matcher(phc);
    return !parts.matches() || !costOf(parts).equals(cost);
  }

  /** Argon2id without anything around it. */
  static byte[] raw(Cost cost, byte[] salt, byte[] password, int bytes) {
    return raw(parameters(cost, salt).build(), password, bytes);
  }

  static byte[] raw(Argon2Parameters parameters, byte[] password, int bytes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] hash = new byte[bytes];
    generator.generateBytes(password, hash);
    return hash;
  }

  static Argon2Parameters.Builder parameters(Cost cost, byte[] salt) {
    return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
        .withMemoryAsKB(cost.memoryKib())
        .withIterations(cost.passes())
        .withParallelism(cost.lanes())
        .withSalt(salt);
  }

  private static Cost costOf(Matcher parts) {
    return new Cost(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }

  private static String phc(Cost cost, byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.passes(),
            cost.lanes(),
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }

  /** One phone types ế as one sign, another as three: NFC makes the same of both. */
  private static byte[] utf8(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
