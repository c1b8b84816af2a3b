package io.floodmark.ingest.mqtt;

/** Strings of the protocol. */
final class Utf8 {
  private Utf8() {}

  /**
   * Whether a decoded string may have been one (MQTT 3.1.1 §1.5.3): no U+0000, which no database
   * stores either, and nothing that the decoder had to replace. That a sender may really have meant
   * the replacement character is not worth a decoder of our own.
   *
   * @param decoded null where Netty's decoder found it too long
   */
  static boolean isWellFormed(String decoded) {
    return decoded != null && decoded.indexOf('\0') < 0 && decoded.indexOf('\uFFFD') < 0;
  }

  /** The first {@code chars} of {@code text}, without cutting a character in two. */
  static String head(String text, int chars) {
    if (text.length() <= chars) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars;
    return text.substring(0, end);
  }
}
