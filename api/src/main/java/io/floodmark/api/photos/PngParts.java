package io.floodmark.api.photos;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Walks the chunks of a PNG (W3C PNG, third edition) up to IEND and keeps those that pixels need;
 * of an animated one that is its first picture. Used once, by one thread.
 */
final class PngParts {
  /** What a profile of three tables can need; it is inflated no further. */
  private static final int PROFILE_BYTES_MAX = 1 << 20;

  private static final int EXIF_BYTES_MAX = 1 << 18;
  private static final int SIGNATURE_BYTES = 8;
  private static final int FRAME_BYTES = 12;

  private final Bytes sent;
  private final ByteArrayOutputStream pixels;
  private Optional<Bytes> palette = Optional.empty();
  private Optional<Bytes> transparency = Optional.empty();
  private Optional<Bytes> exif = Optional.empty();
  private Optional<Bytes> profile = Optional.empty();

  private PngParts(Bytes sent) {
    this.sent = sent;
    this.pixels = new ByteArrayOutputStream(sent.length());
  }

  static BarePhoto bare(byte[] sent) throws PhotoRefused {
    return new PngParts(Bytes.of(sent)).walk();
  }

  private BarePhoto walk() throws PhotoRefused {
    if (!sent.holds(SIGNATURE_BYTES, FRAME_BYTES + 13)
        || sent.u32(SIGNATURE_BYTES) != 13
        || !sent.reads(SIGNATURE_BYTES + 4, "IHDR")) {
      throw PhotoRefused.damaged("a PNG without header");
    }
    Bytes ihdr = sent.part(SIGNATURE_BYTES + 8, 13);
    PhotoHeader header = header(ihdr);
    int at = SIGNATURE_BYTES + FRAME_BYTES + 13;
    while (true) {
      if (!sent.holds(at, FRAME_BYTES) || !sent.holds(at, FRAME_BYTES + sent.u32(at))) {
        throw PhotoRefused.damaged("cut off at byte " + at);
      }
      Bytes content = sent.part(at + 8, (int) sent.u32(at));
      if (sent.reads(at + 4, "IEND")) {
        return photo(header, ihdr);
      }
      take(at + 4, content);
      at += FRAME_BYTES + content.length();
    }
  }

  private void take(int type, Bytes content) {
    if (sent.reads(type, "IDAT")) {
      pixels.write(content.array(), content.offset(), content.length());
    } else if (sent.reads(type, "PLTE")) {
      palette = Optional.of(content);
    } else if (sent.reads(type, "tRNS")) {
      transparency = Optional.of(content);
    } else if (sent.reads(type, "eXIf") && content.length() <= EXIF_BYTES_MAX) {
      exif = Optional.of(content);
    } else if (sent.reads(type, "iCCP") && profile.isEmpty()) {
      profile = inflatedProfile(content);
    }
  }

  /** §11.2.1. */
  private static PhotoHeader header(Bytes ihdr) throws PhotoRefused {
    long width = ihdr.u32(0);
    long height = ihdr.u32(4);
    int depth = ihdr.u8(8);
    int samples =
        switch (ihdr.u8(9)) {
          case 0, 3 -> 1;
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 0;
        };
    boolean anyDepth = depth == 1 || depth == 2 || depth == 4;
    boolean depthFits =
        depth == 8
            || (depth == 16 && ihdr.u8(9) != 3)
            || (anyDepth && (ihdr.u8(9) == 0 || ihdr.u8(9) == 3));
    if (samples == 0 || !depthFits || ihdr.u16(10) != 0 || ihdr.u8(12) > 1) {
      throw PhotoRefused.damaged("an impossible PNG header");
    }
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw PhotoRefused.damaged("an impossible size");
    }
    int bytesPerPixel = samples * (depth == 16 ? 2 : 1);
    return new PhotoHeader(PhotoFormat.PNG, (int) width, (int) height, bytesPerPixel, false);
  }

  /** §11.3.2.3: a name of at most 79 bytes, 0, method 0, compressed profile. */
  private static Optional<Bytes> inflatedProfile(Bytes content) {
    int nameEnd = 0;
    while (nameEnd < Math.min(80, content.length()) && content.u8(nameEnd) != 0) {
      nameEnd++;
    }
    if (!content.holds(nameEnd, 3)) {
      return Optional.empty();
    }
    byte[] inflated = new byte[PROFILE_BYTES_MAX];
    Inflater inflater = new Inflater();
    try {
      int from = nameEnd + 2;
      inflater.setInput(content.array(), content.offset() + from, content.length() - from);
      int length = 0;
      int count = -1;
      while (count != 0 && length < inflated.length) {
        count = inflater.inflate(inflated, length, inflated.length - length);
        length += count;
      }
      return inflater.finished() ? Optional.of(new Bytes(inflated, 0, length)) : Optional.empty();
    } catch (DataFormatException e) {
      // Pixels without a profile are taken as sRGB.
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  private BarePhoto photo(PhotoHeader header, Bytes ihdr) throws PhotoRefused {
    boolean indexed = ihdr.u8(9) == 3;
    if (pixels.size() == 0 || (indexed && palette.isEmpty())) {
      throw PhotoRefused.damaged("a PNG without pixels");
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream(pixels.size() + 2048);
    file.writeBytes(PhotoFormat.PNG_SIGNATURE.getBytes(StandardCharsets.ISO_8859_1));
    write(file, "IHDR", ihdr);
    if (indexed) {
      Bytes colours = palette.get();
      if (colours.length() % 3 != 0 || colours.length() > 768 || colours.length() == 0) {
        throw PhotoRefused.damaged("an impossible palette");
      }
      write(file, "PLTE", colours);
      if (transparency.isPresent() && transparency.get().length() * 3 <= colours.length()) {
        write(file, "tRNS", transparency.get());
      }
    }
    write(file, "IDAT", Bytes.of(pixels.toByteArray()));
    write(file, "IEND", Bytes.of(new byte[0]));
    boolean coloured = ihdr.u8(9) != 0 && ihdr.u8(9) != 4;
    return new BarePhoto(
        header, Bytes.of(file.toByteArray()), exif, coloured ? profile : Optional.empty());
  }

  private static void write(ByteArrayOutputStream file, String type, Bytes content) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content.array(), content.offset(), content.length());
    file.writeBytes(ByteBuffer.allocate(4).putInt(content.length()).array());
    file.writeBytes(name);
    file.write(content.array(), content.offset(), content.length());
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
