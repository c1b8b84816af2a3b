package io.floodmark.api.plates.label;

import io.floodmark.api.plates.label.FittedText.Range;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences.PRINT_SCALING;

/**
 * Labels and plates as PDF. The same labels give the same bytes: there is no time in it. Safe for
 * use by several threads; a call holds the compressed pages in memory, about 600 bytes a label, and
 * takes long enough to belong on a worker thread.
 */
public final class LabelSheet {
  private static final int COLUMNS = 3;

  // Avery L7160.
  private static final double LEFT_MM = 7.25;
  private static final double TOP_MM = 15.15;
  private static final double COLUMN_GAP_MM = 2.5;

  private static final double HINT_TOP_MM = 7;
  private static final double HINT_MM = 4;
  private static final Range HINT = new Range(7, 7, 7, 1);

  private final PlateAddress address;

  /** Labels that point there. */
  public LabelSheet(PlateAddress address) {
    this.address = address;
  }

  /**
   * Writes one document.
   *
   * @param paper what it is printed on
   * @param firstPlace the place of the first label on the first page, from 1: a sheet that was
   *     begun is used up
   * @param labels in the order of the places, at least one
   * @param out gets the document; stays open
   * @throws IllegalArgumentException if there is no label or no such place
   */
  public void write(LabelPaper paper, int firstPlace, List<Label> labels, OutputStream out)
      throws IOException {
    int places = paper.labelsPerPage();
    if (firstPlace < 1 || firstPlace > places) {
      throw new IllegalArgumentException(
          "There is no place %d on %s: begin with one from 1 to %d."
              .formatted(firstPlace, paper, places));
    }
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("There is no label to print: choose at least one plate.");
    }
    int skipped = firstPlace - 1;
    int pages = (skipped + labels.size() + places - 1) / places;
    try (PDDocument document = new PDDocument()) {
      describe(document, labels);
      LabelFonts fonts = LabelFonts.load(document);
      for (int page = 0; page < pages; page++) {
        int from = Math.max(0, page * places - skipped);
        int to = Math.min(labels.size(), (page + 1) * places - skipped);
        try (LabelCanvas canvas = new LabelCanvas(document, paper)) {
          if (paper == LabelPaper.L7160) {
            hint(canvas, fonts, page + 1, pages);
          }
          for (int i = from; i < to; i++) {
            draw(canvas, fonts, paper, (skipped + i) % places, labels.get(i));
          }
        }
      }
      document.save(out);
    }
  }

  private void draw(LabelCanvas canvas, LabelFonts fonts, LabelPaper paper, int place, Label label)
      throws IOException {
    switch (paper) {
      case L7160 -> {
        int column = place % COLUMNS;
        double x = LEFT_MM + column * (SheetLabel.WIDTH_MM + COLUMN_GAP_MM);
        int row = place / COLUMNS;
        double y = TOP_MM + row * SheetLabel.HEIGHT_MM;
        SheetLabel.draw(canvas, fonts, address, label, x, y);
      }
      case PLATE_60, PLATE_90 -> SinglePlate.draw(canvas, fonts, address, label, paper);
    }
  }

  /** In the margin, where no label is. */
  private static void hint(LabelCanvas canvas, LabelFonts fonts, int page, int pages)
      throws IOException {
    double width = LabelPaper.L7160.widthMm();
    String text = LabelTexts.hint(page, pages);
    canvas.textCentred(
        FittedText.fit(fonts.plain(), text, width, HINT_MM, HINT), width / 2, HINT_TOP_MM);
  }

  private static void describe(PDDocument document, List<Label> labels) {
    PDDocumentCatalog catalog = document.getDocumentCatalog();
    catalog.setLanguage("vi");
    document.getDocumentInformation().setTitle(LabelTexts.TITLE);
    PDViewerPreferences preferences = new PDViewerPreferences(new COSDictionary());
    preferences.setDisplayDocTitle(true);
    // What a viewer offers first when it prints; "fit to page" would move every label.
    preferences.setPrintScaling(PRINT_SCALING.None);
    catalog.setViewerPreferences(preferences);
    long id = 0;
    for (Label label : labels) {
      id = 31 * id + label.code().value().hashCode();
    }
    document.setDocumentId(id); // else PDFBox takes the time
  }
}
