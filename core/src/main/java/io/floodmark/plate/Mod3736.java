package io.floodmark.plate;

/**
 * The check character of ISO 7064, hybrid system MOD 37,36, over the digits and the letters A to Z.
 *
 * <p>It finds every error in a single character. Of two neighbouring characters that are swapped it
 * finds all but those of one pair in each state of the sum, which always are neighbours in the
 * alphabet (0 and Z count as such): {@link #findsEverySwap} tells whether a text holds such a pair.
 */
public final class Mod3736 {
  private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final int M = ALPHABET.length();

  private Mod3736() {}

  /**
   * The character that makes {@code text} followed by it valid.
   *
   * @param text digits and letters A to Z
   * @throws IllegalArgumentException if another character stands in {@code text}
   */
  public static char check(String text) {
    return ALPHABET.charAt(Math.floorMod(1 - productAfter(text), M));
  }

  /**
   * Whether the last character of {@code text} is the check character of those before it.
   *
   * @param text digits and letters A to Z
   * @throws IllegalArgumentException if another character stands in {@code text}
   */
  public static boolean isValid(String text) {
    int last = text.length() - 1;
    return last >= 0 && check(text.substring(0, last)) == text.charAt(last);
  }

  /**
   * Whether swapping any two different neighbours makes a valid text invalid. About 99 of 100 texts
   * of ten characters are such.
   *
   * @param text digits and letters A to Z, the check character last
   * @throws IllegalArgumentException if another character stands in {@code text}
   */
  public static boolean findsEverySwap(String text) {
    for (int i = 1; i < text.length(); i++) {
      char left = text.charAt(i - 1);
      char right = text.charAt(i);
      if (left != right
          && isValid(text.substring(0, i - 1) + right + left + text.substring(i + 1))) {
        return false;
      }
    }
    return true;
  }

  /** ISO 7064, hybrid systems: the product P after the last character, starting from M. */
  private static int productAfter(String text) {
    int product = M;
    for (int i = 0; i < text.length(); i++) {
      int value = ALPHABET.indexOf(text.charAt(i));
      if (value < 0) {
        throw new IllegalArgumentException(
            "Only the digits and the letters A to Z have a check character: \"" + text + "\".");
      }
      int sum = (product + value) % M;
      product = (sum == 0 ? M : sum) * 2 % (M + 1);
    }
    return product;
  }
}
