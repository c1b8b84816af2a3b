package io.floodmark.api.assets.files;

import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from calculating what is text. A cell of a CSV file that begins with {@code =
 * + - @} or a control character is taken for a formula when it is opened, and such a formula can
 * send the sheet's content away (OWASP, “CSV Injection”). In front of such a text goes an
 * apostrophe, which spreadsheets know as “text follows” and which our reader takes off again. A
 * text that has apostrophes there already gets one more, so what is read is always what was
 * written. Plain numbers calculate nothing and stay as they are.
 */
final class CsvGuard {
  private static final String STARTS = "=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20";
  private static final Pattern DANGEROUS = Pattern.compile("'*[" + STARTS + "].*", Pattern.DOTALL);
  private static final Pattern GUARDED = Pattern.compile("'+[" + STARTS + "].*", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");

  private CsvGuard() {}

  static String on(String text) {
    return DANGEROUS.matcher(text).matches() && !NUMBER.matcher(text).matches() ? "'" + text : text;
  }

  static String off(String cell) {
    return cell.startsWith("'") && GUARDED.matcher(cell).matches() ? cell.substring(1) : cell;
  }
}
