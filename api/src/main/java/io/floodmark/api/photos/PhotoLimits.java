package io.floodmark.api.photos;

import java.time.Duration;

/**
 * How much a photo may ask for. All limits but the last two are held before anything is decoded.
 *
 * <p>The defaults fit a heap of 512 MB. A JPEG or PNG is decoded by the row and thinned out on the
 * way, so its pixels cost time, hardly memory. The WebP decoder holds the whole picture, about 25
 * bytes a pixel, which is why WebP is allowed less; a progressive JPEG is held outside the heap, up
 * to 6 bytes a pixel. Two of the former are decoded at once, or one of the latter.
 *
 * @param sentBytesMax size of the file, at least 1
 * @param sidePxMax width and height, at least 1
 * @param pixelsMax width times height, at least 1
 * @param progressivePixelsMax the same for JPEGs of more than one scan
 * @param webpPixelsMax the same for WebP
 * @param decodesAtOnce photos decoded at the same time, at least 1
 * @param waitMax how long a photo waits for its turn, not negative
 */
public record PhotoLimits(
    int sentBytesMax,
    int sidePxMax,
    int pixelsMax,
    int progressivePixelsMax,
    int webpPixelsMax,
    int decodesAtOnce,
    Duration waitMax) {

  /** Takes the cameras of today's phones up to 50 megapixels. */
  public static final PhotoLimits DEFAULT =
      new PhotoLimits(
          12_000_000, 12_000, 51_000_000, 25_000_000, 8_000_000, 2, Duration.ofSeconds(15));

  public PhotoLimits {
    if (Math.min(Math.min(sentBytesMax, sidePxMax), Math.min(pixelsMax, decodesAtOnce)) < 1
        || Math.min(progressivePixelsMax, webpPixelsMax) < 1) {
      throw new IllegalArgumentException("Every limit on photos has to be at least 1.");
    }
    if (waitMax.isNegative()) {
      throw new IllegalArgumentException("A photo cannot wait for less than no time: " + waitMax);
    }
  }

  /** Refuses a file by its size alone: ask it before the body is read into memory. */
  public void checkBytes(long sentBytes) throws PhotoRefused {
    if (sentBytes > sentBytesMax) {
      throw new PhotoRefused(
          PhotoRefused.Reason.TOO_MANY_BYTES, sentBytes + " bytes", sentBytesMax / 1_000_000);
    }
  }

  /** Refuses a photo by what its header says. */
  void check(PhotoHeader header) throws PhotoRefused {
    String detail = header.format() + " of " + header.widthPx() + " x " + header.heightPx();
    if (header.widthPx() > sidePxMax
        || header.heightPx() > sidePxMax
        || header.pixels() > pixelsMax) {
      throw new PhotoRefused(
          PhotoRefused.Reason.TOO_MANY_PIXELS, detail, pixelsMax / 1_000_000, sidePxMax);
    }
    int kindMax = header.format() == PhotoFormat.WEBP ? webpPixelsMax : progressivePixelsMax;
    if (header.decodedWhole() && header.pixels() > kindMax) {
      throw new PhotoRefused(
          PhotoRefused.Reason.TOO_MANY_PIXELS_FOR_KIND, detail, kindMax / 1_000_000);
    }
  }
}
