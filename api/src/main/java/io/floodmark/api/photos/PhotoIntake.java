package io.floodmark.api.photos;

import io.floodmark.api.photos.PhotoRefused.Reason;
import java.awt.image.BufferedImage;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes in a photo: bytes as sent, to the picture that is kept, or a refusal that says what to do.
 *
 * <p>Thread-safe. A photo takes up to a few seconds of one processor and waits for its turn before
 * that: call it on a thread that may block, and not in a database transaction. No more photos are
 * decoded at once than {@link PhotoLimits} says; each that is waiting holds what was sent.
 *
 * <p>Nothing of the file survives but its pixels, scaled, turned upright, in sRGB and encoded anew:
 * no position, no device, no comment, no colour profile, no trailer. A file with a second one
 * inside is refused all the same ({@link Reason#FOREIGN_CONTENT}): whoever sends it means no photo.
 * What phones themselves add behind a photo goes through and is dropped.
 */
public final class PhotoIntake {
  /** Longer side of a photo that is kept, pixels. */
  public static final int SIDE_PX_MAX = 1600;

  /** Size of a photo that is kept. */
  public static final int BYTES_MAX = 400_000;

  /** Longer side of a preview, pixels. */
  public static final int PREVIEW_SIDE_PX_MAX = 320;

  /** Size of a preview. */
  public static final int PREVIEW_BYTES_MAX = 30_000;

  private final PhotoLimits limits;
  private final ZoneId zone;
  private final Semaphore decodes;

  /**
   * @param zone that of cameras that say a time without one
   */
  public PhotoIntake(PhotoLimits limits, ZoneId zone) {
    this.limits = limits;
    this.zone = zone;
    this.decodes = new Semaphore(limits.decodesAtOnce(), true);
  }

  /** The photo as it is kept; {@code sent} is not kept and not changed. */
  public Photo accept(byte[] sent) throws PhotoRefused {
    limits.checkBytes(sent.length);
    PhotoFormat format = PhotoFormat.of(sent);
    Optional<String> foreign = ForeignContent.in(sent);
    if (foreign.isPresent()) {
      throw new PhotoRefused(Reason.FOREIGN_CONTENT, format + " with " + foreign.get());
    }
    // The WebP decoder's heap is what the limits reckon with: it works alone.
    int turns = format == PhotoFormat.WEBP ? limits.decodesAtOnce() : 1;
    try {
      if (!decodes.tryAcquire(turns, limits.waitMax().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new PhotoRefused(Reason.BUSY, "no turn within " + limits.waitMax());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PhotoRefused(Reason.BUSY, "interrupted");
    }
    try {
      return encodedAnew(format, sent);
    } finally {
      decodes.release(turns);
    }
  }

  private Photo encodedAnew(PhotoFormat format, byte[] sent) throws PhotoRefused {
    BarePhoto photo =
        switch (format) {
          case JPEG -> JpegParts.bare(sent);
          case PNG -> PngParts.bare(sent);
          case WEBP -> WebpParts.bare(sent);
        };
    limits.check(photo.header());
    BufferedImage scaled = Downscale.toSide(PhotoDecoder.decode(photo), SIDE_PX_MAX);
    BufferedImage srgb = photo.profile().map(p -> ColourProfile.toSrgb(scaled, p)).orElse(scaled);
    Optional<ExifBlock> exif = photo.exif().map(ExifBlock::new);
    BufferedImage upright =
        exif.map(ExifBlock::orientation).orElse(Orientation.AS_IS).upright(srgb);
    return new Photo(
        PictureEncoder.encode(upright, SIDE_PX_MAX, BYTES_MAX),
        PictureEncoder.encode(upright, PREVIEW_SIDE_PX_MAX, PREVIEW_BYTES_MAX),
        exif.map(block -> block.hint(zone)).orElse(PhotoHint.NONE));
  }
}
