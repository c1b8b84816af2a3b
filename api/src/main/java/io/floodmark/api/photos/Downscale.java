package io.floodmark.api.photos;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * Makes a smaller picture by averaging: each new pixel is the mean of the area that it covers, so
 * that no detail is skipped and none invented. What is transparent becomes white.
 *
 * <p>Samples are read as they are stored. Drawing through AWT would take a grey PNG for one with
 * linear light and brighten it.
 */
final class Downscale {
  private final Raster source;
  private final BufferedImage image;
  private final int targetWidth;
  private final int samplesMax;
  private final int[] samples;
  private final int[] rgb;

  private Downscale(BufferedImage image, int targetWidth) {
    this.image = image;
    this.source = image.getRaster();
    this.targetWidth = targetWidth;
    this.samplesMax = (1 << source.getSampleModel().getSampleSize(0)) - 1;
    this.samples = new int[image.getWidth() * source.getNumBands()];
    this.rgb = new int[image.getWidth() * 3];
  }

  /** {@code image} with its longer side at {@code sideMax} or below; never larger than it was. */
  static BufferedImage toSide(BufferedImage image, int sideMax) {
    int w = image.getWidth();
    int h = image.getHeight();
    double factor = Math.min(1, (double) sideMax / Math.max(w, h));
    int targetWidth = Math.max(1, (int) Math.round(w * factor));
    int targetHeight = Math.max(1, (int) Math.round(h * factor));
    return new Downscale(image, targetWidth).run(targetHeight);
  }

  private BufferedImage run(int targetHeight) {
    BufferedImage target = new BufferedImage(targetWidth, targetHeight, BufferedImage.TYPE_INT_RGB);
    double[] narrow = new double[targetWidth * 3];
    double[] sum = new double[targetWidth * 3];
    int[] line = new int[targetWidth];
    double step = (double) source.getHeight() / targetHeight;
    int narrowRow = -1;
    for (int y = 0; y < targetHeight; y++) {
      double top = y * step;
      double bottom = Math.min(top + step, source.getHeight());
      Arrays.fill(sum, 0);
      for (int row = (int) top; row < bottom; row++) {
        if (row != narrowRow) {
          narrow(row, narrow);
          narrowRow = row;
        }
        double weight = (Math.min(row + 1, bottom) - Math.max(row, top)) / (bottom - top);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += narrow[i] * weight;
        }
      }
      for (int x = 0; x < targetWidth; x++) {
        line[x] = round(sum[3 * x]) << 16 | round(sum[3 * x + 1]) << 8 | round(sum[3 * x + 2]);
      }
      target.setRGB(0, y, targetWidth, 1, line, 0, targetWidth);
    }
    return target;
  }

  private static int round(double value) {
    return Math.min(255, (int) (value + 0.5));
  }

  /** One row of the source, averaged to the target's width. */
  private void narrow(int row, double[] narrow) {
    read(row);
    int width = source.getWidth();
    double step = (double) width / targetWidth;
    for (int x = 0; x < targetWidth; x++) {
      double left = x * step;
      double right = Math.min(left + step, width);
      double r = 0;
      double g = 0;
      double b = 0;
      for (int column = (int) left; column < right; column++) {
        double weight = Math.min(column + 1, right) - Math.max(column, left);
        r += rgb[3 * column] * weight;
        g += rgb[3 * column + 1] * weight;
        b += rgb[3 * column + 2] * weight;
      }
      narrow[3 * x] = r / (right - left);
      narrow[3 * x + 1] = g / (right - left);
      narrow[3 * x + 2] = b / (right - left);
    }
  }

  /** Fills {@link #rgb} with one row, 0 to 255, on white. */
  private void read(int row) {
    int width = source.getWidth();
    int bands = source.getNumBands();
    source.getPixels(source.getMinX(), source.getMinY() + row, width, 1, samples);
    if (image.getColorModel() instanceof IndexColorModel palette) {
      for (int x = 0; x < width; x++) {
        int argb = palette.getRGB(samples[x]);
        put(x, argb >> 16 & 0xff, argb >> 8 & 0xff, argb & 0xff, argb >>> 24);
      }
      return;
    }
    boolean grey = bands < 3;
    boolean alpha = bands == 2 || bands == 4;
    for (int x = 0; x < width; x++) {
      int at = x * bands;
      int r = to8Bits(samples[at]);
      int g = grey ? r : to8Bits(samples[at + 1]);
      int b = grey ? r : to8Bits(samples[at + 2]);
      put(x, r, g, b, alpha ? to8Bits(samples[at + bands - 1]) : 255);
    }
  }

  private int to8Bits(int sample) {
    return samplesMax == 255 ? sample : sample * 255 / samplesMax;
  }

  private void put(int x, int r, int g, int b, int alpha) {
    int white = 255 * (255 - alpha);
    rgb[3 * x] = (r * alpha + white) / 255;
    rgb[3 * x + 1] = (g * alpha + white) / 255;
    rgb[3 * x + 2] = (b * alpha + white) / 255;
  }
}
