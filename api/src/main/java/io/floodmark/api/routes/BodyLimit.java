package io.floodmark.api.routes;

/**
 * How much of a body a route takes. All of it is kept in memory while it is read.
 *
 * @param bytesMax of the whole body, 1 or more
 * @param filesMax how many files a form may bring, 0 or more
 */
public record BodyLimit(int bytesMax, int filesMax) {
  /** A form of text fields. */
  public static final BodyLimit FIELDS = new BodyLimit(256 * 1024, 0);

  /** A form with up to three photos as phones make them. */
  public static final BodyLimit PHOTOS = new BodyLimit(40 * 1024 * 1024, 3);

  /** Checks the ranges. */
  public BodyLimit {
    if (bytesMax < 1 || filesMax < 0) {
      throw new IllegalArgumentException("Impossible limit: " + bytesMax + ", " + filesMax + ".");
    }
  }
}
