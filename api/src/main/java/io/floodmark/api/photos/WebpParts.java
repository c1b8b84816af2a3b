package io.floodmark.api.photos;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Walks the chunks of a WebP file (RFC 9649 §2) and keeps the picture. Used once, by one thread.
 *
 * <p>Only lossy pictures are taken, which is what phones and their programs make of a photo. The
 * decoder of lossless ones makes tables for as many as 65,536 groups of prefix codes, whatever the
 * picture's size: some hundred bytes fill a heap. Transparency is coded the same way.
 */
final class WebpParts {
  private static final int EXIF_BYTES_MAX = 1 << 18;
  private static final int PROFILE_BYTES_MAX = 1 << 20;

  /** RFC 9649 §2.6: RIFF and WEBP, then a chunk's name and size. */
  private static final int FIRST_CHUNK = 12;

  private final Bytes sent;
  private Optional<Bytes> lossy = Optional.empty();
  private Optional<Bytes> exif = Optional.empty();
  private Optional<Bytes> profile = Optional.empty();

  private WebpParts(Bytes sent) {
    this.sent = sent;
  }

  static BarePhoto bare(byte[] sent) throws PhotoRefused {
    return new WebpParts(Bytes.of(sent)).walk();
  }

  private BarePhoto walk() throws PhotoRefused {
    long end = sent.u32Little(4) + 8;
    if (end > sent.length()) {
      throw PhotoRefused.damaged("cut off");
    }
    int at = FIRST_CHUNK;
    while (at + 8 <= end) {
      long size = sent.u32Little(at + 4);
      if (at + 8 + size > end) {
        throw PhotoRefused.damaged("a chunk longer than the file");
      }
      Bytes content = sent.part(at + 8, (int) size);
      if (sent.reads(at, "ANIM") || sent.reads(at, "ANMF")) {
        throw new PhotoRefused(PhotoRefused.Reason.ANIMATED, "animated WebP");
      }
      take(at, content);
      at += 8 + content.length() + (content.length() & 1);
    }
    if (lossy.isEmpty()) {
      throw PhotoRefused.damaged("a WebP without a picture");
    }
    return photo(lossy.get());
  }

  private void take(int name, Bytes content) throws PhotoRefused {
    if (sent.reads(name, "VP8 ")) {
      lossy = Optional.of(content);
    } else if (sent.reads(name, "VP8L") || sent.reads(name, "ALPH")) {
      throw PhotoRefused.unusual("lossless or transparent WebP");
    } else if (sent.reads(name, "EXIF") && content.length() <= EXIF_BYTES_MAX) {
      exif =
          Optional.of(
              content.reads(0, "Exif\0\0") ? content.part(6, content.length() - 6) : content);
    } else if (sent.reads(name, "ICCP") && content.length() <= PROFILE_BYTES_MAX) {
      profile = Optional.of(content);
    }
  }

  /** RFC 6386 §9.1: a key frame begins with its tag, a start code and twice 14 bits of size. */
  private BarePhoto photo(Bytes chunk) throws PhotoRefused {
    if (chunk.length() < 10 || (chunk.u8(0) & 1) != 0 || !chunk.reads(3, "\u009d\u0001*")) {
      throw PhotoRefused.damaged("a WebP picture without header");
    }
    int width = chunk.u16Little(6) & 0x3fff;
    int height = chunk.u16Little(8) & 0x3fff;
    if (width == 0 || height == 0) {
      throw PhotoRefused.damaged("no width or height");
    }
    PhotoHeader header = new PhotoHeader(PhotoFormat.WEBP, width, height, 3, true);
    return new BarePhoto(header, file(chunk), exif, profile);
  }

  private static Bytes file(Bytes chunk) {
    int padded = chunk.length() + (chunk.length() & 1);
    byte[] file =
        ByteBuffer.allocate(FIRST_CHUNK + 8 + padded)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
            .putInt(4 + 8 + padded)
            .put("WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1))
            .putInt(chunk.length())
            .put(chunk.array(), chunk.offset(), chunk.length())
            .array();
    return Bytes.of(file);
  }
}
