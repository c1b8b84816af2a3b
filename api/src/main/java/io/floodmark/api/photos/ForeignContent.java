package io.floodmark.api.photos;

import java.util.Optional;

/**
 * Finds a second file inside a photo: an archive behind it, a page in its comment, a script in its
 * pixels.
 *
 * <p>Which bytes are foreign? Not simply those after the picture's end. Phones put much there by
 * themselves: the film of a motion photo (MP4), further pictures of the same moment (CIPA DC-007),
 * Samsung's and Huawei's notes, and, in PNGs that Android cropped, what is left of the larger file.
 * Those photos have to go through, and nobody can list all trailers that there will be. What is
 * refused is therefore named: signatures of what a browser, an interpreter or an unpacker would run
 * or open, wherever in the file they stand, and each with so much of its surroundings that
 * compressed pixels do not show it by chance (less than one photo in ten million).
 *
 * <p>This is for a clear answer, and is no defence: a signature can be avoided. The defence is that
 * of what was sent only pixels are kept, and they are scaled and encoded anew.
 */
final class ForeignContent {
  private static final String[] MARKUP = {
    "<script", "<html", "<!doctype html", "<svg", "<iframe", "<?php"
  };

  /** APPNOTE.TXT 4.3.16: 22 bytes and a comment of at most 65,535 end an archive. */
  private static final int ZIP_END_BYTES = 22;

  private ForeignContent() {}

  /** What was found, if something was. */
  static Optional<String> in(byte[] sent) {
    Bytes bytes = Bytes.of(sent);
    // An application segment whose length reads as the start of a comment makes the JPEG a
    // JavaScript. No JFIF header is that long: 12,074 is not 16 + 3 x thumbnail pixels.
    if (bytes.reads(0, "\u00ff\u00d8\u00ff\u00e0/*")) {
      return Optional.of("JavaScript");
    }
    for (int at = 0; at < sent.length; at++) {
      Optional<String> found =
          switch (sent[at]) {
            case '<' -> markup(bytes, at);
            case 'P' -> isZip(bytes, at) ? Optional.of("ZIP") : Optional.empty();
            case '%' -> isPdf(bytes, at) ? Optional.of("PDF") : Optional.empty();
            case 'R' -> bytes.reads(at, "Rar!\u001a\u0007") ? Optional.of("RAR") : Optional.empty();
            case '7' ->
                bytes.reads(at, "7z\u00bc\u00af'\u001c") ? Optional.of("7z") : Optional.empty();
            default -> Optional.empty();
          };
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> markup(Bytes bytes, int at) {
    for (String tag : MARKUP) {
      int end = at + tag.length();
      if (readsIgnoringCase(bytes, at, tag) && endsName(bytes, end) && textFollows(bytes, end)) {
        return Optional.of(tag);
      }
    }
    return Optional.empty();
  }

  private static boolean readsIgnoringCase(Bytes bytes, int at, String text) {
    if (!bytes.holds(at, text.length())) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.toLowerCase((char) bytes.u8(at + i)) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean endsName(Bytes bytes, int at) {
    return at == bytes.length() || " \t\r\n\f/>".indexOf(bytes.u8(at)) >= 0;
  }

  private static boolean textFollows(Bytes bytes, int from) {
    int end = Math.min(from + 8, bytes.length());
    for (int at = from; at < end; at++) {
      int c = bytes.u8(at);
      boolean text = c == '\t' || c == '\r' || c == '\n' || (c >= ' ' && c < 0x7f);
      if (!text) {
        return false;
      }
    }
    return true;
  }

  /** A local file header (APPNOTE.TXT 4.3.7) or the end of the directory. */
  private static boolean isZip(Bytes bytes, int at) {
    if (bytes.reads(at, "PK\u0003\u0004") && bytes.holds(at, 31)) {
      int version = bytes.u16Little(at + 4) & 0xff;
      int method = bytes.u16Little(at + 8);
      int nameBytes = bytes.u16Little(at + 26);
      return version <= 63 && method <= 99 && nameBytes >= 1 && nameBytes <= 1024;
    }
    return bytes.reads(at, "PK\u0005\u0006")
        && bytes.holds(at, ZIP_END_BYTES)
        && bytes.u32Little(at + 4) == 0
        && bytes.u16Little(at + 8) == bytes.u16Little(at + 10);
  }

  private static boolean isPdf(Bytes bytes, int at) {
    return bytes.reads(at, "%PDF-")
        && bytes.holds(at, 8)
        && Character.isDigit(bytes.u8(at + 5))
        && bytes.u8(at + 6) == '.'
        && Character.isDigit(bytes.u8(at + 7));
  }
}
