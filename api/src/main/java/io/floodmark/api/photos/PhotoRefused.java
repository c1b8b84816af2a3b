package io.floodmark.api.photos;

import java.util.List;

/**
 * A file that was sent as a photo and is not taken. What to tell the sender stands in the bundle
 * {@code io.floodmark.api.texts.photos} under {@link #textKey()}, as a {@link
 * java.text.MessageFormat} that takes {@link #arguments()}.
 */
public final class PhotoRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. The key of a reason is stable: programs and texts hang on it. */
  public enum Reason {
    /** No bytes at all. */
    EMPTY("empty"),
    /** More bytes than are taken; {0} is the limit in MB. */
    TOO_MANY_BYTES("tooManyBytes"),
    /** Neither JPEG nor PNG nor WebP, whatever its name says. */
    NOT_A_PHOTO("notAPhoto"),
    /** HEIC, HEIF or AVIF: a photo, but nothing here reads it. */
    HEIC("heic"),
    /** More pixels than are taken; {0} is the limit in megapixels, {1} that of a side in pixels. */
    TOO_MANY_PIXELS("tooManyPixels"),
    /** Within the general limit, but of a kind whose decoder needs too much; {0} in megapixels. */
    TOO_MANY_PIXELS_FOR_KIND("tooManyPixelsForKind"),
    /** Several frames. */
    ANIMATED("animated"),
    /** CMYK: made for print. */
    PRINT_COLOURS("printColours"),
    /** A variant of its format that no phone writes and the decoder does not know. */
    UNUSUAL("unusual"),
    /** Cut off, or contradicting itself. */
    DAMAGED("damaged"),
    /** Holds a second file: an archive, a page, a script, a document. */
    FOREIGN_CONTENT("foreignContent"),
    /** Nothing wrong with it: too many photos at once. Another try makes sense. */
    BUSY("busy");

    private final String key;

    Reason(String key) {
      this.key = key;
    }

    /** Where its sentence stands, such as {@code photo.refused.notAPhoto}. */
    public String textKey() {
      return "photo.refused." + key;
    }
  }

  private final Reason reason;
  private final transient List<Object> arguments;

  PhotoRefused(Reason reason, String detail, Object... arguments) {
    // No stack trace: it is an answer, and anybody can cause as many as he likes.
    super(detail, null, false, false);
    this.reason = reason;
    this.arguments = List.of(arguments);
  }

  static PhotoRefused damaged(String detail) {
    return new PhotoRefused(Reason.DAMAGED, detail);
  }

  static PhotoRefused unusual(String detail) {
    return new PhotoRefused(Reason.UNUSUAL, detail);
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** Where its sentence stands in the bundle of texts. */
  public String textKey() {
    return reason.textKey();
  }

  /** What the sentence's places are filled with. */
  public List<Object> arguments() {
    return arguments;
  }
}
