package io.floodmark.e2e.plates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Point;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Scanner;

/**
 * A rendered plate of 60 mm with a symbol of version 3, as binary PGM: a text of width, height and
 * largest value, then a byte a pixel. It finds the symbol as the only dark thing in its quiet zone.
 */
final class PlatePicture {
  private static final int SIZE = 29;
  private static final int FINDER = 8;
  private static final byte BLACK = 0;
  private static final int LIGHT = 128;

  /** Between these the plate shows its symbol and nothing else. */
  private static final double SYMBOL_FROM_MM = 11;

  private static final double SYMBOL_TO_MM = 65;
  private static final double MM_PER_INCH = 25.4;

  private final byte[] bytes;
  private final int offset;
  private final int width;
  private final int left;
  private final int top;
  private final int moduleSide;

  private PlatePicture(byte[] bytes, int offset, int width, int dpi) {
    this.bytes = bytes;
    this.offset = offset;
    this.width = width;
    int minX = Integer.MAX_VALUE;
    int minY = Integer.MAX_VALUE;
    int maxX = -1;
    int maxY = -1;
    int to = (int) (SYMBOL_TO_MM / MM_PER_INCH * dpi);
    for (int y = (int) (SYMBOL_FROM_MM / MM_PER_INCH * dpi); y < to; y++) {
      for (int x = 0; x < width; x++) {
        if (Byte.toUnsignedInt(bytes[at(x, y)]) < LIGHT) {
          minX = Math.min(minX, x);
          minY = Math.min(minY, y);
          maxX = Math.max(maxX, x);
          maxY = Math.max(maxY, y);
        }
      }
    }
    this.left = minX;
    this.top = minY;
    this.moduleSide = (maxX - minX + 1) / SIZE;
    assertEquals(moduleSide * SIZE, maxX - minX + 1, "width of the symbol");
    assertEquals(moduleSide * SIZE, maxY - minY + 1, "height of the symbol");
  }

  static PlatePicture read(byte[] pgm, int dpi) {
    Scanner header = new Scanner(new String(pgm, StandardCharsets.ISO_8859_1));
    assertEquals("P5", header.next(), "binary PGM");
    int width = header.nextInt();
    int height = header.nextInt();
    return new PlatePicture(pgm, pgm.length - width * height, width, dpi);
  }

  /** The picture in its present state. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** Pixels a side of a module. */
  int moduleSide() {
    return moduleSide;
  }

  /** All modules but those of the finder patterns and their separators. */
  List<Point> modulesOutsideFinders() {
    List<Point> modules = new ArrayList<>();
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        if (!meetsFinder(x, y, 1, 1)) {
          modules.add(new Point(x, y));
        }
      }
    }
    return modules;
  }

  void blacken(Point module) {
    blacken(module.x * moduleSide, module.y * moduleSide, moduleSide);
  }

  /** Puts a square of that many pixels a side anywhere in the symbol where no finder pattern is. */
  void blackenSquare(int side, Random random) {
    int places = SIZE * moduleSide - side + 1;
    int x;
    int y;
    do {
      x = random.nextInt(places);
      y = random.nextInt(places);
    } while (meetsFinder(x, y, side, moduleSide));
    blacken(x, y, side);
  }

  private static boolean meetsFinder(int x, int y, int side, int unit) {
    int near = FINDER * unit;
    int far = (SIZE - FINDER) * unit;
    boolean atLeft = x < near;
    boolean atTop = y < near;
    return (atLeft && atTop) || (atLeft && y + side > far) || (atTop && x + side > far);
  }

  private void blacken(int x, int y, int side) {
    for (int row = top + y; row < top + y + side; row++) {
      Arrays.fill(bytes, at(left + x, row), at(left + x + side, row), BLACK);
    }
  }

  private int at(int x, int y) {
    return offset + y * width + x;
  }
}
