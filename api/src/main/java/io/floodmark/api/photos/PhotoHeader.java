package io.floodmark.api.photos;

/**
 * What a file says of its pixels before any is decoded.
 *
 * @param widthPx as stored, before it is turned upright; at least 1
 * @param heightPx as stored, at least 1
 * @param decodedBytesPerPixel what a decoded pixel takes in the decoder's picture, 1 to 8
 * @param decodedWhole whether the decoder holds all pixels at once, however few are wanted
 */
record PhotoHeader(
    PhotoFormat format, int widthPx, int heightPx, int decodedBytesPerPixel, boolean decodedWhole) {
  PhotoHeader {
    if (widthPx < 1 || heightPx < 1) {
      throw new IllegalArgumentException("No picture: " + widthPx + " x " + heightPx);
    }
  }

  long pixels() {
    return (long) widthPx * heightPx;
  }
}
