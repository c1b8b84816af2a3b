package io.floodmark.api.photos;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Which way up the stored pixels are: the EXIF tag Orientation (CIPA DC-008 §4.6.5.1.6), in the
 * order of its values 1 to 8. Each is named by what has to be done to see the picture upright.
 */
enum Orientation {
  AS_IS(false),
  MIRROR(false),
  TURN_HALF(false),
  FLIP(false),
  TRANSPOSE(true),
  TURN_RIGHT(true),
  TRANSVERSE(true),
  TURN_LEFT(true);

  private static final List<Orientation> BY_TAG = List.of(values());

  private final boolean onItsSide;

  Orientation(boolean onItsSide) {
    this.onItsSide = onItsSide;
  }

  /** That of the tag's value; {@link #AS_IS} for values that there are not. */
  static Orientation ofTag(int value) {
    return value >= 1 && value <= BY_TAG.size() ? BY_TAG.get(value - 1) : AS_IS;
  }

  /** The picture upright; {@code stored} is TYPE_INT_RGB and is left as it is. */
  BufferedImage upright(BufferedImage stored) {
    if (this == AS_IS) {
      return stored;
    }
    int w = stored.getWidth();
    int h = stored.getHeight();
    BufferedImage upright =
        new BufferedImage(onItsSide ? h : w, onItsSide ? w : h, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < upright.getHeight(); y++) {
      for (int x = 0; x < upright.getWidth(); x++) {
        int rgb =
            switch (this) {
              case AS_IS -> stored.getRGB(x, y);
              case MIRROR -> stored.getRGB(w - 1 - x, y);
              case TURN_HALF -> stored.getRGB(w - 1 - x, h - 1 - y);
              case FLIP -> stored.getRGB(x, h - 1 - y);
              case TRANSPOSE -> stored.getRGB(y, x);
              case TURN_RIGHT -> stored.getRGB(y, h - 1 - x);
              case TRANSVERSE -> stored.getRGB(w - 1 - y, h - 1 - x);
              case TURN_LEFT -> stored.getRGB(w - 1 - y, x);
            };
        upright.setRGB(x, y, rgb);
      }
    }
    return upright;
  }
}
