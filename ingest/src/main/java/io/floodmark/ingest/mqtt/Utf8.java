package io.floodmark.ingest.mqtt;

/** Strings of the protocol. */
final class Utf8 {
  private Utf8() {}

  /** The first {@code chars} of {@code text}, without cutting a character in two. */
  static String head(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars;
    return text.substring(0, end);
  }
}
