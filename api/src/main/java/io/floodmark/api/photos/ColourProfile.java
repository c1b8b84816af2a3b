package io.floodmark.api.photos;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.util.Arrays;

/** Brings pixels to sRGB, the colours that a JPEG without profile is taken to have. */
final class ColourProfile {
  private ColourProfile() {}

  /**
   * {@code image} (TYPE_INT_RGB) whose numbers mean what {@code profile} says, in sRGB. With a
   * profile that is none, or none of red, green and blue, the image as it is: slightly wrong
   * colours are no reason to refuse a photo.
   */
  static BufferedImage toSrgb(BufferedImage image, Bytes profile) {
    // ICC.1:2022 §7.2: colour space and signature at their places in a header of 128 bytes.
    if (profile.length() < 128 || !profile.reads(16, "RGB ") || !profile.reads(36, "acsp")) {
      return image;
    }
    try {
      byte[] bytes =
          Arrays.copyOfRange(
              profile.array(), profile.offset(), profile.offset() + profile.length());
      ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(bytes));
      DirectColorModel model =
          new DirectColorModel(space, 24, 0xff0000, 0xff00, 0xff, 0, false, DataBuffer.TYPE_INT);
      BufferedImage tagged = new BufferedImage(model, image.getRaster(), false, null);
      BufferedImage srgb =
          new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
      return new ColorConvertOp(null).filter(tagged, srgb);
    } catch (IllegalArgumentException | java.awt.color.CMMException e) {
      return image;
    }
  }
}
