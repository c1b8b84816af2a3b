package io.floodmark.plate;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The code on a QR plate. It says nothing about the thing that it is mounted on, and is never the
 * database's id. Nine random characters are 45 bits: with 20,000 plates in a ward one guess in 1.8
 * thousand million hits.
 *
 * @param value nine characters of Crockford's base 32 (the digits and the letters without I, L, O,
 *     U) and their check character by {@link Mod3736}, which is none of I, L, O, U either:
 *     Crockford's reading of them as 1 and 0 would spoil it
 */
public record PlateCode(String value) {
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 10;
  private static final int GROUP = LENGTH / 2;

  /**
   * Checks form and check character.
   *
   * @throws IllegalArgumentException if {@code value} is not a plate code as stored; what people
   *     type goes through {@link #parse}
   */
  public PlateCode {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "Not a plate code: \""
              + value
              + "\". It has ten upper-case characters, of which the last checks the others.");
    }
  }

  /**
   * A new code. Drawn again are codes whose check character would be I, L, O or U, and the one in a
   * hundred in which two characters could be swapped unseen.
   *
   * @param random a source that cannot be foretold; whether the code is still free, the database
   *     says
   */
  public static PlateCode draw(RandomGenerator random) {
    while (true) {
      StringBuilder code = new StringBuilder(LENGTH);
      while (code.length() < LENGTH - 1) {
        code.append(CROCKFORD.charAt(random.nextInt(CROCKFORD.length())));
      }
      String whole = code.append(Mod3736.check(code.toString())).toString();
      if (isValid(whole) && Mod3736.findsEverySwap(whole)) {
        return new PlateCode(whole);
      }
    }
  }

  /**
   * Reads what a person typed or a scanner saw: any case, hyphens and spaces anywhere, I and L for
   * 1, O for 0.
   *
   * @return empty if it is no plate code, whether by its form or by its check character
   */
  public static Optional<PlateCode> parse(String text) {
    String read =
        text.replaceAll("[-\\s]", "")
            .toUpperCase(Locale.ROOT)
            .replace('I', '1')
            .replace('L', '1')
            .replace('O', '0');
    return isValid(read) ? Optional.of(new PlateCode(read)) : Optional.empty();
  }

  /** As it stands on the plate, in two groups: {@code 7K3M9-QX2V0}. */
  public String printed() {
    return value.substring(0, GROUP) + "-" + value.substring(GROUP);
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean isValid(String text) {
    return text != null
        && text.length() == LENGTH
        && text.chars().allMatch(c -> CROCKFORD.indexOf(c) >= 0)
        && Mod3736.isValid(text);
  }
}
