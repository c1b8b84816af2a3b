package io.floodmark.api.plates.label;

import java.io.IOException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** A font of one document, of which the letters that occur are embedded when it is saved. */
final class LabelFont {
  private static final String FOLDER = "/net/sf/jasperreports/fonts/dejavu/";
  private static final int NO_GLYPH = 0;
  private static final String REPLACEMENT = "\uFFFD";
  private static final double UNITS_PER_EM = 1000;

  private final PDFont font;
  private final CmapLookup glyphs;
  private final Map<Integer, Float> widths = new HashMap<>(); // by letter, in 1/1000 em

  private LabelFont(PDFont font, CmapLookup glyphs) {
    this.font = font;
    this.glyphs = glyphs;
  }

  /**
   * Reads one of the DejaVu fonts from the class path.
   *
   * @param file its name without folder
   */
  static LabelFont load(PDDocument document, String file) throws IOException {
    byte[] bytes;
    try (var in = LabelFont.class.getResourceAsStream(FOLDER + file)) {
      bytes =
          Objects.requireNonNull(in, () -> "Not on the class path: " + FOLDER + file)
              .readAllBytes();
    }
    TrueTypeFont ttf = new TTFParser().parse(new RandomAccessReadBuffer(bytes));
    document.registerTrueTypeFontForClosing(ttf);
    ttf.setEnableGsub(false); // ligatures: none in Vietnamese, and widths are measured without
    return new LabelFont(PDType0Font.load(document, ttf, true), ttf.getUnicodeCmapLookup());
  }

  PDFont font() {
    return font;
  }

  /** The width of a text from {@link #drawable}. */
  double widthMm(String text, double sizePt) throws IOException {
    double units = 0;
    int i = 0;
    while (i < text.length()) {
      int letter = text.codePointAt(i);
      Float width = widths.get(letter);
      if (width == null) {
        width = font.getStringWidth(Character.toString(letter));
        widths.put(letter, width);
      }
      units += width;
      i += Character.charCount(letter);
    }
    return LabelCanvas.mm(units / UNITS_PER_EM * sizePt);
  }

  /**
   * The text as this font can show it: composed, on one line, a replacement character for what it
   * has no picture of.
   */
  String drawable(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .replaceAll("[\\s\\p{Cntrl}\\p{Cf}]+", " ")
        .strip()
        .codePoints()
        .forEach(
            c -> {
              if (glyphs.getGlyphId(c) == NO_GLYPH) {
                shown.append(REPLACEMENT);
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown.toString();
  }
}
