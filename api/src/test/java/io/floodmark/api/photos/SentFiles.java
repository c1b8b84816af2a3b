package io.floodmark.api.photos;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Files as people send them, written byte by byte. */
final class SentFiles {
  static final int RED = 0xff0000;
  static final int GREEN = 0x00ff00;
  static final int BLUE = 0x0000ff;
  static final int WHITE = 0xffffff;

  /** 32 x 16, left half red, right half blue, as libwebp 1.2.4 writes it with quality 60. */
  static final byte[] LOSSY_WEBP =
      HexFormat.of()
          .parseHex(
              "524946464a00000057454250565038203e000000d002009d012a200010000280"
                  + "4225a00274ca11c0de01f881f8abc8000e424000feef76d7fe1036a2343ffbd7"
                  + "fd82cfaacff62aa99ecf88cfbac805470000");

  private SentFiles() {}

  static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Quarters: red top left, green top right, blue bottom left, white bottom right. */
  static BufferedImage quarters(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean left = x < width / 2;
        image.setRGB(x, y, y < height / 2 ? (left ? RED : GREEN) : (left ? BLUE : WHITE));
      }
    }
    return image;
  }

  static BufferedImage noise(int width, int height, long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }

  static byte[] file(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, format, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] jpeg(BufferedImage image) {
    return file(image, "jpg");
  }

  static BufferedImage decoded(byte[] jpeg) {
    try {
      return ImageIO.read(new ByteArrayInputStream(jpeg));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A segment of a JPEG. */
  static byte[] segment(int marker, byte[] content) {
    return ByteBuffer.allocate(4 + content.length)
        .put((byte) 0xff)
        .put((byte) marker)
        .putShort((short) (content.length + 2))
        .put(content)
        .array();
  }

  /** {@code jpeg} with a segment put in behind its first two bytes. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    return join(
        Arrays.copyOf(jpeg, 2), segment(marker, content), Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  static byte[] withExif(byte[] jpeg, byte[] tiff) {
    return withSegment(jpeg, 0xe1, join(bytes("Exif\0\0"), tiff));
  }

  /** An EXIF block: camera, orientation, 2026-11-20 06:30:15, 20.9411 N 106.0712 E. */
  static byte[] exif(int orientation, ByteOrder order) {
    ByteBuffer tiff = ByteBuffer.allocate(400).order(order);
    tiff.put(bytes(order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM")).putShort((short) 42).putInt(8);
    tiff.putShort((short) 4);
    entry(tiff, 0x010f, 2, 12, 200);
    entry(tiff, 0x0112, 3, 1, -1).putShort((short) orientation).putShort((short) 0);
    entry(tiff, 0x8769, 4, 1, 80);
    entry(tiff, 0x8825, 4, 1, 110);
    tiff.position(80).putShort((short) 1);
    entry(tiff, 0x9003, 2, 20, 220);
    tiff.position(110).putShort((short) 4);
    entry(tiff, 1, 2, 2, -1).put(bytes("N\0\0\0"));
    entry(tiff, 2, 5, 3, 250);
    entry(tiff, 3, 2, 2, -1).put(bytes("E\0\0\0"));
    entry(tiff, 4, 5, 3, 280);
    tiff.position(200).put(bytes("SomePhoneXY\0"));
    tiff.position(220).put(bytes("2026:11:20 06:30:15\0"));
    tiff.position(250);
    for (int value : new int[] {20, 1, 56, 1, 2796, 100}) {
      tiff.putInt(value);
    }
    tiff.position(280);
    for (int value : new int[] {106, 1, 4, 1, 1632, 100}) {
      tiff.putInt(value);
    }
    return tiff.array();
  }

  private static ByteBuffer entry(ByteBuffer tiff, int tag, int type, int count, int offset) {
    tiff.putShort((short) tag).putShort((short) type).putInt(count);
    return offset < 0 ? tiff : tiff.putInt(offset);
  }

  /** A chunk of a PNG. */
  static byte[] chunk(String type, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(bytes(type));
    crc.update(content);
    return ByteBuffer.allocate(12 + content.length)
        .putInt(content.length)
        .put(bytes(type))
        .put(content)
        .putInt((int) crc.getValue())
        .array();
  }

  /** A PNG of that header, with {@code idat} compressed as its pixels. */
  static byte[] png(int width, int height, int depth, int colourType, byte[]... chunks) {
    byte[] ihdr =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) depth)
            .put((byte) colourType)
            .array();
    return join(
        bytes(PhotoFormat.PNG_SIGNATURE),
        chunk("IHDR", ihdr),
        join(chunks),
        chunk("IEND", new byte[0]));
  }

  /** {@code png} with a chunk put in behind its header. */
  static byte[] withChunk(byte[] png, String type, byte[] content) {
    return join(
        Arrays.copyOf(png, 33), chunk(type, content), Arrays.copyOfRange(png, 33, png.length));
  }

  static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater(9);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (!deflater.finished()) {
      bytes.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return bytes.toByteArray();
  }

  static byte[] webpChunk(String name, byte[] content) {
    return ByteBuffer.allocate(8 + content.length + (content.length & 1))
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(bytes(name))
        .putInt(content.length)
        .put(content)
        .array();
  }

  static byte[] webp(byte[]... chunks) {
    byte[] body = join(bytes("WEBP"), join(chunks));
    return join(
        bytes("RIFF"),
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(body.length).array(),
        body);
  }

  /** {@link #LOSSY_WEBP} with another size in its header. */
  static byte[] lossyWebp(int width, int height) {
    byte[] webp = LOSSY_WEBP.clone();
    ByteBuffer.wrap(webp)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(26, (short) width)
        .putShort(28, (short) height);
    return webp;
  }

  /** An archive with one entry, as it is appended to a photo. */
  static byte[] zip() {
    ByteBuffer zip = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    zip.put(bytes("PK\3\4")).putShort((short) 20).putInt(0).putLong(0).putLong(0);
    zip.putShort((short) 5).putShort((short) 0).put(bytes("a.txt"));
    int directory = zip.position();
    zip.put(bytes("PK\1\2")).putShort((short) 20).putShort((short) 20).putInt(0).putLong(0);
    zip.putLong(0).putShort((short) 5).putLong(0).putInt(0).putInt(0).put(bytes("a.txt"));
    int size = zip.position() - directory;
    zip.put(bytes("PK\5\6")).putInt(0).putShort((short) 1).putShort((short) 1);
    zip.putInt(size).putInt(directory).putShort((short) 0);
    return Arrays.copyOf(zip.array(), zip.position());
  }
}
