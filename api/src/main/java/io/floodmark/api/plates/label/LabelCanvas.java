package io.floodmark.api.plates.label;

import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;

/** A page, measured in millimetres from its top left corner. */
final class LabelCanvas implements AutoCloseable {
  private static final double POINTS_PER_MM = 72 / 25.4;

  /**
   * Symbols stand on this grid, which screens and printers of 150, 300, 600 and 1200 dpi share. So
   * all finder patterns of a page look the same to a reader: zbarimg, which tries triples of them
   * from the most pronounced down, gives up before it has paired them all if they differ.
   */
  private static final double DOTS_PER_INCH = 150;

  /**
   * By how much of a module a bar keeps inside its edges. An edge that lies on the border of two
   * pixels to the last digit greys both in some renderers (poppler's); this is too thin to be seen.
   */
  private static final float INSET = 0.002f;

  private static final double POINTS_PER_DOT = 72 / DOTS_PER_INCH;
  private static final double DOTS_PER_MM = DOTS_PER_INCH / 25.4;

  /** Where a baseline lies in its line, by the height of the line. */
  private static final double BASELINE = 0.78;

  private static final float HAIRLINE_PT = 0.4f;
  private static final double CIRCLE_BY_CURVES = 0.5523;

  private final PDPageContentStream content;
  private final double heightPt;

  LabelCanvas(PDDocument document, LabelPaper paper) throws IOException {
    PDRectangle box = new PDRectangle(pt(paper.widthMm()), pt(paper.heightMm()));
    PDPage page = new PDPage(box);
    document.addPage(page);
    this.heightPt = box.getHeight();
    this.content = new PDPageContentStream(document, page, AppendMode.OVERWRITE, true);
  }

  /** Points to millimetres. */
  static double mm(double points) {
    return points / POINTS_PER_MM;
  }

  /**
   * The side of a symbol with quiet zone whose modules are whole dots.
   *
   * @param sideMm what it may have
   */
  static double symbolSideMm(QrSymbol symbol, double sideMm) {
    return dotsPerModule(symbol, sideMm) * symbol.sizeWithQuietZone() / DOTS_PER_MM;
  }

  /** The number of dots of the grid in the side of a module. */
  static int dotsPerModule(QrSymbol symbol, double sideMm) {
    return (int) Math.floor(sideMm * DOTS_PER_MM / symbol.sizeWithQuietZone());
  }

  /**
   * Draws a symbol. Its bars are one path, filled once: bars filled one by one leave light lines
   * between them wherever an edge falls between two pixels.
   *
   * @param leftMm the left edge of the quiet zone, moved to the next whole dot
   * @param topMm its top edge, likewise
   * @param sideMm what symbol and quiet zone may have; modules are whole dots
   */
  void symbol(QrSymbol symbol, double leftMm, double topMm, double sideMm) throws IOException {
    float module = (float) (dotsPerModule(symbol, sideMm) * POINTS_PER_DOT);
    double left = Math.round(leftMm * DOTS_PER_MM) * POINTS_PER_DOT;
    double top = heightPt - Math.round(topMm * DOTS_PER_MM) * POINTS_PER_DOT;
    content.saveGraphicsState();
    content.setNonStrokingColor(0f);
    content.transform(new Matrix(module, 0, 0, -module, (float) left, (float) top));
    for (QrSymbol.Bar bar : symbol.bars()) {
      content.addRect(
          QrSymbol.QUIET_ZONE + bar.x() + INSET,
          QrSymbol.QUIET_ZONE + bar.y() + INSET,
          bar.length() - 2 * INSET,
          1 - 2 * INSET);
    }
    content.fill();
    content.restoreGraphicsState();
  }

  /** Draws lines flush left from a top edge down. */
  void textAtLeft(FittedText text, double leftMm, double topMm) throws IOException {
    double baseline = topMm + BASELINE * text.leadingMm();
    for (String line : text.lines()) {
      text(text, line, leftMm, baseline);
      baseline += text.leadingMm();
    }
  }

  /** Draws lines, each centred, from a top edge down. */
  void textCentred(FittedText text, double centreMm, double topMm) throws IOException {
    double baseline = topMm + BASELINE * text.leadingMm();
    for (String line : text.lines()) {
      double width = text.font().widthMm(line, text.sizePt());
      text(text, line, centreMm - width / 2, baseline);
      baseline += text.leadingMm();
    }
  }

  /** Draws a thin line from left to right. */
  void rule(double leftMm, double topMm, double widthMm) throws IOException {
    content.setLineWidth(HAIRLINE_PT);
    content.moveTo(pt(leftMm), down(topMm));
    content.lineTo(pt(leftMm + widthMm), down(topMm));
    content.stroke();
  }

  /** Draws a thin circle with its centre marked: where to drill. */
  void hole(double centreXMm, double centreYMm, double radiusMm) throws IOException {
    float x = pt(centreXMm);
    float y = down(centreYMm);
    float r = pt(radiusMm);
    float c = (float) (CIRCLE_BY_CURVES * r);
    content.setLineWidth(HAIRLINE_PT);
    content.moveTo(x + r, y);
    content.curveTo(x + r, y + c, x + c, y + r, x, y + r);
    content.curveTo(x - c, y + r, x - r, y + c, x - r, y);
    content.curveTo(x - r, y - c, x - c, y - r, x, y - r);
    content.curveTo(x + c, y - r, x + r, y - c, x + r, y);
    content.closePath();
    content.moveTo(x - c / 2, y);
    content.lineTo(x + c / 2, y);
    content.moveTo(x, y - c / 2);
    content.lineTo(x, y + c / 2);
    content.stroke();
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private void text(FittedText text, String line, double leftMm, double baselineMm)
      throws IOException {
    content.beginText();
    content.setFont(text.font().font(), (float) text.sizePt());
    content.newLineAtOffset(pt(leftMm), down(baselineMm));
    content.showText(line);
    content.endText();
  }

  private static float pt(double mm) {
    return (float) (mm * POINTS_PER_MM);
  }

  private float down(double mm) {
    return (float) (heightPt - mm * POINTS_PER_MM);
  }
}
