package io.floodmark.api.assets;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text without accents, in small letters: what {@code plain_text} is in SQL. Pure. */
public final class PlainText {
  private static final Pattern MARKS = Pattern.compile("[\\u0300-\\u036F]");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");

  private PlainText() {}

  /** {@code text} as searches compare it. */
  public static String of(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    return MARKS
        .matcher(decomposed)
        .replaceAll("")
        .toLowerCase(Locale.ROOT)
        .replace('đ', 'd')
        .strip();
  }

  /** Its words, letters and digits only, as {@code asset.words} has them. */
  public static List<String> words(String text) {
    return Arrays.stream(BETWEEN_WORDS.split(of(text))).filter(word -> !word.isEmpty()).toList();
  }
}
