package io.floodmark.api.plates.label;

import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * The fonts of one document: DejaVu, which has every Vietnamese letter.
 *
 * @param plain for texts
 * @param bold for the number
 * @param code for the code: wide, its zero marked
 */
record LabelFonts(LabelFont plain, LabelFont bold, LabelFont code) {

  static LabelFonts load(PDDocument document) throws IOException {
    return new LabelFonts(
        LabelFont.load(document, "DejaVuSansCondensed.ttf"),
        LabelFont.load(document, "DejaVuSansCondensed-Bold.ttf"),
        LabelFont.load(document, "DejaVuSansMono-Bold.ttf"));
  }
}
