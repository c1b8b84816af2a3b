package io.floodmark.api.staff;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which passwords are taken, and those that the office hands out. Pure. */
public final class Passwords {
  /** Fewer signs are guessed too soon. */
  public static final int LENGTH_MIN = 10;

  /** More would only cost time to hash. */
  public static final int LENGTH_MAX = 128;

  /** Read aloud and typed by hand: nothing that looks like something else. */
  private static final String SIGNS = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 4;
  private static final int GROUP_LENGTH = 4;

  /** What is tried first, long enough to be taken otherwise. */
  private static final Set<String> COMMON =
      Set.of(
          "password",
          "passwordpassword",
          "matkhau",
          "matkhaumatkhau",
          "1234567890",
          "0123456789",
          "0987654321",
          "12345678910",
          "123456789",
          "qwertyuiop",
          "1q2w3e4r5t",
          "iloveyou",
          "abcdefghij",
          "aaaaaaaaaa",
          "0000000000",
          "1111111111",
          "floodmark",
          "myhao",
          "phuongmyhao",
          "administrator",
          "anhyeuem",
          "vietnam");

  private Passwords() {}

  /** A password for the first sign-in: four groups of four, 79 bits. */
  public static String temporary(SecureRandom random) {
    StringBuilder password = new StringBuilder();
    for (int group = 0; group < GROUPS; group++) {
      if (group > 0) {
        password.append('-');
      }
      for (int i = 0; i < GROUP_LENGTH; i++) {
        password.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
      }
    }
    return password.toString();
  }

  /**
   * Why a password is not taken, as the key of a text; empty if it is. There are no rules of which
   * signs it has to hold: they make passwords worse (NIST SP 800-63B §3.1.1.2).
   */
  public static Optional<String> refusal(String password, String login, String name) {
    String typed = Normalizer.normalize(password, Normalizer.Form.NFC);
    int length = typed.codePointCount(0, typed.length());
    if (length < LENGTH_MIN) {
      return Optional.of("password.short");
    }
    if (length > LENGTH_MAX) {
      return Optional.of("password.long");
    }
    String bare = bare(typed);
    // "password2026!" is guessed as soon as "password".
    String stem = bare.replaceAll("^\\d+|\\d+$", "");
    boolean isGuessable =
        COMMON.contains(bare)
            || COMMON.contains(stem)
            || (stem.isEmpty() && bare.chars().distinct().count() < 4)
            || stem.equals(bare(login))
            || stem.equals(bare(name));
    return isGuessable ? Optional.of("password.common") : Optional.empty();
  }

  private static String bare(String text) {
    return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
        .replace('đ', 'd')
        .replaceAll("[^a-z0-9]", "");
  }
}
