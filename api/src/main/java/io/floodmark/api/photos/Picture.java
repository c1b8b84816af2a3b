package io.floodmark.api.photos;

/**
 * A JPEG made here: upright, sRGB, nothing in it but pixels. Nobody compares two by {@code equals}.
 *
 * @param jpeg the file; shared, not to be written to
 * @param widthPx at least 1
 * @param heightPx at least 1
 */
@SuppressWarnings("ArrayRecordComponent")
public record Picture(byte[] jpeg, int widthPx, int heightPx) {
  public Picture {
    if (jpeg.length == 0 || widthPx < 1 || heightPx < 1) {
      throw new IllegalArgumentException("No picture: " + widthPx + " x " + heightPx);
    }
  }
}
