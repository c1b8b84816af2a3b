package io.floodmark.api.assets.files;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Characters that XML cannot hold, or would change, are written {@code _x000D_} in a workbook
 * (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
 */
final class XlsxText {
  private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  /** What XML drops or changes, and an underscore that would begin an escape by chance. */
  private static final Pattern TO_ESCAPE =
      Pattern.compile("[\\x00-\\x08\\x0B-\\x1F\\uFFFE\\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)");

  private XlsxText() {}

  static String escape(String text) {
    return TO_ESCAPE
        .matcher(text)
        .replaceAll(found -> String.format("_x%04X_", (int) found.group().charAt(0)));
  }

  static String unescape(String text) {
    return text.contains("_x")
        ? ESCAPE
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(found.group(1), 16))))
        : text;
  }
}
