package io.floodmark.api.plates.label;

import io.floodmark.api.plates.label.FittedText.Range;
import java.io.IOException;

/** One label of an Avery L7160 sheet: the symbol to the left, the texts to its right. */
final class SheetLabel {
  static final double WIDTH_MM = 63.5;
  static final double HEIGHT_MM = 38.1;

  /** With quiet zone. A version 3 symbol gets modules of 5/150 inch, 0.85 mm. */
  static final double SYMBOL_MM = 32;

  /** Labels are punched with play, and office printers feed askew by a millimetre. */
  static final double MARGIN_MM = 2.2;

  /** The quiet zone is white in any case, so it may take the margin. */
  private static final double SYMBOL_LEFT_MM = 0.6;

  private static final double GAP_MM = 1;
  private static final double NUMBER_MM = 9.6;
  private static final Range NUMBER = new Range(14, 10.5, 7.5, 2);
  private static final double LINE_2_MM = 3.2;
  private static final Range LINE_1 = new Range(8.5, 7, 6, 2);
  private static final Range LINE_2 = new Range(7.5, 5.5, 5.5, 1);
  private static final double TYPED_MM = 5.4;
  private static final Range TYPED = new Range(6.5, 5, 4, 2);
  private static final double CODE_MM = 5.2;
  private static final Range CODE = new Range(12, 6, 6, 1);
  private static final double NEVER_ASKS_MM = 8;
  private static final Range NEVER_ASKS = new Range(5.5, 5.5, 4.5, 4);

  private SheetLabel() {}

  /** Draws a label whose top left corner lies there. */
  static void draw(
      LabelCanvas canvas, LabelFonts fonts, PlateAddress address, Label label, double x, double y)
      throws IOException {
    QrSymbol symbol = QrSymbol.of(address.of(label.code()));
    double side = LabelCanvas.symbolSideMm(symbol, SYMBOL_MM);
    canvas.symbol(symbol, x + SYMBOL_LEFT_MM, y + (HEIGHT_MM - side) / 2, SYMBOL_MM);

    double left = x + SYMBOL_LEFT_MM + side;
    double width = x + WIDTH_MM - MARGIN_MM - left;

    // From the bottom up, what all labels have; what is left belongs to this one's own texts.
    FittedText neverAsks =
        FittedText.fit(fonts.plain(), LabelTexts.NEVER_ASKS, width, NEVER_ASKS_MM, NEVER_ASKS);
    FittedText code = FittedText.fit(fonts.code(), label.code().printed(), width, CODE_MM, CODE);
    FittedText typed = FittedText.fit(fonts.plain(), address.typed(), width, TYPED_MM, TYPED);
    double bottom = y + HEIGHT_MM - MARGIN_MM - neverAsks.heightMm();
    canvas.textAtLeft(neverAsks, left, bottom);
    bottom -= GAP_MM / 2 + code.heightMm();
    canvas.textAtLeft(code, left, bottom);
    bottom -= typed.heightMm();
    canvas.textAtLeft(typed, left, bottom);
    bottom -= GAP_MM / 2;
    canvas.rule(left, bottom, width);

    double top = y + MARGIN_MM;
    FittedText number = FittedText.fit(fonts.bold(), label.number(), width, NUMBER_MM, NUMBER);
    canvas.textAtLeft(number, left, top);
    top += number.heightMm();
    FittedText line1 =
        FittedText.fit(fonts.plain(), label.line1(), width, bottom - top - LINE_2_MM, LINE_1);
    canvas.textAtLeft(line1, left, top);
    top += line1.heightMm();
    canvas.textAtLeft(
        FittedText.fit(fonts.plain(), label.line2(), width, bottom - top, LINE_2), left, top);
  }
}
