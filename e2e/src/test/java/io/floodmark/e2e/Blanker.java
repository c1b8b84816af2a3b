package io.floodmark.e2e;

/**
 * Overwrites comments, literals or both with spaces, so that what is left stays on its line. Knows
 * as much of the languages as telling these apart needs. A regular expression of JavaScript that
 * holds a quote can lead it astray, until the end of that line.
 */
final class Blanker {

  /** How a language marks its comments and literals. */
  enum Style {
    /** Slashes, quotes, text blocks and templates: Java and JavaScript. */
    JAVA,
    /** As in Java, but two slashes belong to an address. */
    CSS,
    /** Comments of HTML, SVG and XML; no literals. */
    MARKUP
  }

  private final String text;
  private final Style style;
  private final boolean comments;
  private final boolean literals;
  private final StringBuilder out;

  Blanker(String text, Style style, boolean comments, boolean literals) {
    this.text = text;
    this.style = style;
    this.comments = comments;
    this.literals = literals;
    this.out = new StringBuilder(text);
  }

  /** The text, as long as it came. */
  String blanked() {
    int at = 0;
    while (at < text.length()) {
      at = style == Style.MARKUP ? passMarkup(at) : passCode(at);
    }
    return out.toString();
  }

  private int passMarkup(int at) {
    return text.startsWith("<!--", at) ? blank(at, endOf("-->", at + 4), 0, comments) : at + 1;
  }

  private int passCode(int at) {
    char c = text.charAt(at);
    if (text.startsWith("/*", at)) {
      return blank(at, endOf("*/", at + 2), 0, comments);
    }
    if (text.startsWith("//", at) && style == Style.JAVA) {
      return blank(at, endOf("\n", at) - 1, 0, comments);
    }
    if (text.startsWith("\"\"\"", at)) {
      return blank(at, endOf("\"\"\"", at + 3), 3, literals);
    }
    if (c == '"' || c == '\'' || c == '`') {
      return blank(at, endOfLiteral(c, at + 1), 1, literals);
    }
    return at + 1;
  }

  /** Offset after the next such mark, or after the text when it is missing. */
  private int endOf(String mark, int from) {
    int at = text.indexOf(mark, from);
    return at < 0 ? text.length() + (mark.equals("\n") ? 1 : 0) : at + mark.length();
  }

  private int endOfLiteral(char quote, int from) {
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == quote) {
        return at + 1;
      } else if (c == '\n' && quote != '`') {
        return at; // was no literal; only a template may hold a line's end
      }
    }
    return text.length();
  }

  /** Blanks a stretch except for the marks at its two ends, and says where to go on. */
  private int blank(int from, int to, int marks, boolean wanted) {
    if (wanted) {
      for (int at = from + marks; at < to - marks; at++) {
        if (text.charAt(at) != '\n') {
          out.setCharAt(at, ' ');
        }
      }
    }
    return to;
  }
}
