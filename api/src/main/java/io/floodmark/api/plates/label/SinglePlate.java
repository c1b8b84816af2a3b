package io.floodmark.api.plates.label;

import io.floodmark.api.plates.label.FittedText.Range;
import java.io.IOException;

/**
 * A plate of its own, drawn for a width of 60 mm and enlarged for others: the symbol with its quiet
 * zone nearly from edge to edge, the texts above and below, a hole in each corner for a strap or a
 * spring. A plate on a tree is tied, never nailed.
 */
final class SinglePlate {
  private static final double WIDTH_MM = 60;
  private static final double HEIGHT_MM = 100;
  private static final double SYMBOL_TOP_MM = 10;

  /** With quiet zone. A version 3 symbol gets modules of 9/150 inch, 1.52 mm. */
  private static final double SYMBOL_MM = 57.5;

  private static final double HOLE_MM = 6;
  private static final double HOLE_RADIUS_MM = 2.1;

  /** Texts between two holes keep this far from the edges, others that. */
  private static final double BESIDE_HOLES_MM = 10;

  private static final double MARGIN_MM = 4;
  private static final double GAP_MM = 1;
  private static final double LINE_2_TOP_MM = 3.5;
  private static final double LINE_2_MM = 6.5;
  private static final Range LINE_2 = new Range(11, 7, 6, 2);
  private static final double NUMBER_MM = 9.8;
  private static final Range NUMBER = new Range(22, 15, 9, 2);
  private static final double LINE_1_MM = 4.8;
  private static final Range LINE_1 = new Range(11, 7, 6, 1);
  private static final double TYPED_MM = 3.6;
  private static final Range TYPED = new Range(8, 5, 5, 1);
  private static final double CODE_MM = 6;
  private static final Range CODE = new Range(14, 14, 14, 1);
  private static final double NEVER_ASKS_MM = 6;
  private static final Range NEVER_ASKS = new Range(6, 6, 5, 3);

  private SinglePlate() {}

  /** Draws a plate on a page of its size. */
  static void draw(
      LabelCanvas canvas, LabelFonts fonts, PlateAddress address, Label label, LabelPaper plate)
      throws IOException {
    double scale = plate.widthMm() / WIDTH_MM;
    double centre = plate.widthMm() / 2;
    for (double x : new double[] {HOLE_MM, WIDTH_MM - HOLE_MM}) {
      for (double y : new double[] {HOLE_MM, HEIGHT_MM - HOLE_MM}) {
        canvas.hole(x * scale, y * scale, HOLE_RADIUS_MM * scale);
      }
    }
    Column narrow = new Column(canvas, scale, centre, WIDTH_MM - 2 * BESIDE_HOLES_MM);
    Column wide = new Column(canvas, scale, centre, WIDTH_MM - 2 * MARGIN_MM);

    narrow.set(fonts.bold(), label.line2(), LINE_2_TOP_MM, LINE_2_MM, LINE_2);
    QrSymbol symbol = QrSymbol.of(address.of(label.code()));
    double side = LabelCanvas.symbolSideMm(symbol, SYMBOL_MM * scale);
    canvas.symbol(symbol, centre - side / 2, SYMBOL_TOP_MM * scale, SYMBOL_MM * scale);

    double top = SYMBOL_TOP_MM + side / scale;
    top = wide.set(fonts.bold(), label.number(), top, NUMBER_MM, NUMBER);
    wide.set(fonts.plain(), label.line1(), top, LINE_1_MM, LINE_1);
    double bottom = HEIGHT_MM - NEVER_ASKS_MM - 2 * GAP_MM;
    narrow.set(fonts.plain(), LabelTexts.NEVER_ASKS, bottom, NEVER_ASKS_MM, NEVER_ASKS);
    bottom -= CODE_MM;
    narrow.set(fonts.code(), label.code().printed(), bottom, CODE_MM, CODE);
    wide.set(fonts.plain(), address.typed(), bottom - TYPED_MM, TYPED_MM, TYPED);
  }

  /** Centred texts of a width, measured on the plate of 60 mm. */
  private record Column(LabelCanvas canvas, double scale, double centreMm, double widthMm) {

    /** Sets a text and gives the edge below it. */
    double set(LabelFont font, String text, double topMm, double heightMm, Range range)
        throws IOException {
      FittedText fitted =
          FittedText.fit(font, text, widthMm * scale, heightMm * scale, range.times(scale));
      canvas.textCentred(fitted, centreMm, topMm * scale);
      return topMm + fitted.heightMm() / scale;
    }
  }
}
