package io.floodmark.api.photos;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes a picture within a number of bytes: first by a lower quality, then by fewer pixels. */
final class PictureEncoder {
  /** Below the last one, fewer pixels look better than coarser ones. */
  private static final float[] QUALITIES = {0.85f, 0.75f, 0.65f, 0.5f};

  private static final double SMALLER = 0.8;

  private PictureEncoder() {}

  /** {@code image} (TYPE_INT_RGB), at most {@code sideMax} pixels a side, in {@code bytesMax}. */
  static Picture encode(BufferedImage image, int sideMax, int bytesMax) {
    for (int side = sideMax; side >= 1; side = (int) (side * SMALLER)) {
      BufferedImage scaled = Downscale.toSide(image, side);
      for (float quality : QUALITIES) {
        byte[] jpeg = jpeg(scaled, quality);
        if (jpeg.length <= bytesMax) {
          return new Picture(jpeg, scaled.getWidth(), scaled.getHeight());
        }
      }
    }
    throw new IllegalArgumentException("No JPEG has only " + bytesMax + " bytes.");
  }

  private static byte[] jpeg(BufferedImage image, float quality) {
    ImageWriter writer = writer();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      // Smaller, and on a slow line the whole is seen before its details.
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(output);
      // No thumbnail, no metadata: the writer adds a JFIF header and the tables.
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail to be written to.", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static ImageWriter writer() {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("JPEG");
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (ImageIO.class.getModule().equals(writer.getClass().getModule())) {
        return writer;
      }
    }
    throw new IllegalStateException("This Java has no writer of JPEG: java.desktop?");
  }
}
