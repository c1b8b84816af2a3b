package io.floodmark.api.photos;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes a photo whose limits were checked. A large one is thinned out while it is decoded, so
 * that the picture never takes more than {@value #DECODED_BYTES_MAX} bytes.
 */
final class PhotoDecoder {
  private static final int DECODED_BYTES_MAX = 96 << 20;

  private PhotoDecoder() {}

  /** The picture as stored, every n-th pixel of every n-th row where it is large. */
  static BufferedImage decode(BarePhoto photo) throws PhotoRefused {
    ImageReader reader = reader(photo.header().format());
    Bytes file = photo.file();
    // Not ImageIO's own streams: those may be files.
    try (ImageInputStream input =
        new MemoryCacheImageInputStream(
            new ByteArrayInputStream(file.array(), file.offset(), file.length()))) {
      reader.setInput(input, true, true);
      ImageReadParam param = reader.getDefaultReadParam();
      int step = step(photo.header());
      param.setSourceSubsampling(step, step, 0, 0);
      return reader.read(0, param);
    } catch (IOException | RuntimeException e) {
      // Decoders meet broken files with whatever exception their code runs into.
      throw PhotoRefused.damaged("the decoder gave up: " + e.getClass().getName());
    } finally {
      reader.dispose();
    }
  }

  private static int step(PhotoHeader header) {
    int step = 1;
    while (header.pixels() / ((long) step * step) * header.decodedBytesPerPixel()
        > DECODED_BYTES_MAX) {
      step++;
    }
    return step;
  }

  /** The JDK's own readers and the one for WebP, whatever else registered itself with ImageIO. */
  private static ImageReader reader(PhotoFormat format) {
    if (format == PhotoFormat.WEBP) {
      return new WebPImageReaderSpi().createReaderInstance(null);
    }
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (ImageIO.class.getModule().equals(reader.getClass().getModule())) {
        return reader;
      }
    }
    throw new IllegalStateException("This Java has no reader of " + format + ": java.desktop?");
  }
}
