package io.floodmark.api.assets.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * What separates the cells of a CSV file.
 *
 * @param separator comma, semicolon, tab or bar
 * @param linesRead 1 when it stood in a line of its own, which has been read, else 0
 */
record CsvSeparator(char separator, int linesRead) {
  private static final String KNOWN = ",;\t|";
  private static final String LINE = "sep=";
  private static final int HEAD_CHARS = 65_536;

  /** Reads Excel's line {@code sep=;} or counts in the header, which is left to be read. */
  static CsvSeparator read(BufferedReader reader) throws IOException, FileProblemException {
    reader.mark(HEAD_CHARS + 1);
    char[] head = new char[HEAD_CHARS];
    int length = 0;
    for (int read = 0; read >= 0 && length < HEAD_CHARS; length += Math.max(read, 0)) {
      read = reader.read(head, length, HEAD_CHARS - length);
    }
    reader.reset();
    String text = new String(head, 0, length);
    int lineEnd = text.indexOf('\n') < 0 ? length : text.indexOf('\n');
    String first = text.substring(0, lineEnd).replace("\r", "");
    if (first.length() != LINE.length() + 1 || !first.toLowerCase(Locale.ROOT).startsWith(LINE)) {
      return new CsvSeparator(mostFrequent(text), 0);
    }
    String separator = first.substring(LINE.length());
    if (!KNOWN.contains(separator)) {
      throw new FileProblemException(
          ProblemKeys.CSV_SEPARATOR, Map.of("cell", RowProblem.shortened(separator)));
    }
    if (reader.skip(Math.min(lineEnd + 1, length)) < lineEnd) {
      throw new IOException("The file became shorter while it was read: try again.");
    }
    return new CsvSeparator(separator.charAt(0), 1);
  }

  private static char mostFrequent(String text) {
    int[] counts = new int[KNOWN.length()];
    boolean quoted = false;
    boolean begun = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      begun |= !Character.isWhitespace(c);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '\n' && begun) {
        break;
      } else if (!quoted && KNOWN.indexOf(c) >= 0) {
        counts[KNOWN.indexOf(c)]++;
      }
    }
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return KNOWN.charAt(best);
  }
}
