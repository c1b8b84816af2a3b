package io.floodmark.api.reports;

import java.text.Normalizer;

/** Text as residents and staff type it. Pure. */
final class ReportText {
  /** What somebody can say in one go, in characters. */
  static final int TEXT_MAX = 2_000;

  /** A contact or a place. */
  static final int LINE_MAX = 160;

  private ReportText() {}

  /** The same text in Unicode's form C, with plain line ends and no white space around it. */
  static String clean(String typed) {
    return Normalizer.normalize(typed, Normalizer.Form.NFC)
        .replace("\r\n", "\n")
        .replace('\r', '\n')
        .replace('\t', ' ')
        .strip();
  }

  /**
   * Whether there is nothing in it that shows itself as something else: control characters, halves
   * of characters, and the marks that turn the direction of writing (UTS #36 §2.6).
   */
  static boolean isPlain(String text) {
    return text.codePoints()
        .allMatch(
            c ->
                c == '\n'
                    || !(Character.isISOControl(c)
                        || (c >= 0xd800 && c <= 0xdfff)
                        || (c >= 0x202a && c <= 0x202e)
                        || (c >= 0x2066 && c <= 0x2069)
                        || c == 0xfeff));
  }
}
