package io.floodmark.api.plates.label;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.plate.PlateCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSheetTest {
  private static final PlateCode CODE = new PlateCode("7K3M9QX2V0");
  private static final Label TREE = new Label(CODE, "Cây số 1203", "Xà cừ", "Phường Mỹ Hào");
  private static final Label HOUSE =
      new Label(CODE, "Số nhà 12", "đường Nguyễn Văn Linh", "Phường Mỹ Hào");
  private static final Label TALKATIVE =
      new Label(CODE, "Số 128/45/12A ".repeat(9), "Tổ dân phố ".repeat(9), "Phường ".repeat(9));
  private static final LabelSheet SHEET = sheet("https://q.phuong.vn");

  @ParameterizedTest
  @EnumSource
  void aLabelShowsNumberNameWardHostCodeAndWarning(LabelPaper paper) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf(SHEET, paper, 1, List.of(TREE)))) {
      String text = new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
      for (String part :
          List.of("Cây số 1203", "Xà cừ", "Phường Mỹ Hào", "q.phuong.vn/q/", "7K3M9-QX2V0")) {
        assertTrue(text.contains(part), () -> part + " in " + text);
      }
      assertTrue(text.contains(LabelTexts.NEVER_ASKS), text);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameLabelsGiveTheSameBytes(LabelPaper paper) throws IOException {
    List<Label> labels = List.of(TREE, HOUSE, TALKATIVE);
    assertArrayEquals(pdf(SHEET, paper, 1, labels), pdf(SHEET, paper, 1, labels));
  }

  @Test
  void theDocumentIsVietnameseAndPrintedAtItsSize() throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf(SHEET, LabelPaper.L7160, 1, List.of(TREE)))) {
      assertEquals("vi", document.getDocumentCatalog().getLanguage());
      assertEquals("Nhãn mã QR", document.getDocumentInformation().getTitle());
      assertEquals("None", document.getDocumentCatalog().getViewerPreferences().getPrintScaling());
    }
  }

  @Test
  void fontsAreEmbeddedAsSubsets() throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf(SHEET, LabelPaper.L7160, 1, List.of(TREE)))) {
      PDPage page = document.getPage(0);
      for (COSName name : page.getResources().getFontNames()) {
        var font = page.getResources().getFont(name);
        assertTrue(font.isEmbedded(), font.getName());
        assertTrue(font.getName().matches("[A-Z]{6}\\+DejaVuSans.*"), font.getName());
      }
    }
  }

  @Test
  void aSheetThatWasBegunIsUsedUp() throws IOException {
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      labels.add(TREE);
    }
    assertEquals(2, pages(LabelPaper.L7160, 1, labels));
    assertEquals(2, pages(LabelPaper.L7160, 20, labels));
    assertEquals(3, pages(LabelPaper.L7160, 21, labels));
    assertEquals(23, pages(LabelPaper.PLATE_60, 1, labels));
  }

  @Test
  void theFirstLabelStandsWhereItIsToldTo() throws IOException {
    // The eleventh place is the second of the fourth row.
    double left = 7.25 + 66;
    double top = 15.15 + 3 * 38.1;
    List<TextPosition> letters = letters(SHEET, LabelPaper.L7160, 11, TREE);
    assertFalse(letters.isEmpty());
    for (TextPosition letter : letters) {
      assertWithin(letter, left + 31, top + 2, left + 63.5 - 2, top + 38.1 - 2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://q.phuong.vn",
        "https://phuong-my-hao.example.vn",
        "https://bien-ma-qr.phuong-my-hao.hungyen.example.vn",
        "https://bien-ma-qr.uy-ban-nhan-dan-phuong-my-hao.hungyen.example.vn"
      })
  void noTextLeavesItsLabelOrMeetsTheSymbol(String publicUrl) throws IOException {
    LabelSheet sheet = sheet(publicUrl);
    QrSymbol symbol = QrSymbol.of(PlateAddress.of(Optional.of(publicUrl)).of(CODE));
    double left = 7.25 + LabelCanvas.symbolSideMm(symbol, SheetLabel.SYMBOL_MM);
    for (TextPosition letter : letters(sheet, LabelPaper.L7160, 1, TALKATIVE)) {
      assertWithin(letter, left, 15.15 + 2, 7.25 + 63.5 - 2, 15.15 + 38.1 - 2);
    }
    for (TextPosition letter : letters(sheet, LabelPaper.PLATE_60, 1, TALKATIVE)) {
      boolean above = mm(letter.getYDirAdj()) < 10;
      double symbolBottom = 10 + LabelCanvas.symbolSideMm(symbol, 57.5);
      assertWithin(letter, 3.9, above ? 2 : symbolBottom, 56.1, above ? 10 : 98);
    }
  }

  @Test
  void noTextOfAPlateIsSetOverAnother() throws IOException {
    for (LabelPaper paper : LabelPaper.values()) {
      double lastBaseline = 0;
      for (TextPosition letter : letters(SHEET, paper, 1, TALKATIVE)) {
        double baseline = mm(letter.getYDirAdj());
        if (baseline > lastBaseline + 0.01) {
          double ascent = 0.76 * mm(letter.getFontSizeInPt());
          assertTrue(baseline - ascent > lastBaseline, () -> paper + ": " + letter);
        }
        lastBaseline = Math.max(lastBaseline, baseline);
      }
    }
  }

  @Test
  void aThousandLabelsAreOneSmallDocument() throws IOException {
    Random random = new Random(1000);
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      labels.add(new Label(PlateCode.draw(random), "Cây số " + i, "Phượng vĩ", "Phường Mỹ Hào"));
    }
    byte[] pdf = pdf(SHEET, LabelPaper.L7160, 1, labels);
    assertTrue(pdf.length < 700 * labels.size(), () -> pdf.length + " bytes");
  }

  @Test
  void whatCannotBePrintedIsRefused() {
    List<Label> labels = List.of(TREE);
    assertThrows(IllegalArgumentException.class, () -> pdf(SHEET, LabelPaper.L7160, 0, labels));
    assertThrows(IllegalArgumentException.class, () -> pdf(SHEET, LabelPaper.L7160, 22, labels));
    assertThrows(IllegalArgumentException.class, () -> pdf(SHEET, LabelPaper.PLATE_90, 2, labels));
    assertThrows(IllegalArgumentException.class, () -> pdf(SHEET, LabelPaper.L7160, 1, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Label(CODE, " ", "Xà cừ", ""));
  }

  private static LabelSheet sheet(String publicUrl) {
    return new LabelSheet(PlateAddress.of(Optional.of(publicUrl)));
  }

  private static byte[] pdf(LabelSheet sheet, LabelPaper paper, int firstPlace, List<Label> labels)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sheet.write(paper, firstPlace, labels, out);
    return out.toByteArray();
  }

  private static int pages(LabelPaper paper, int firstPlace, List<Label> labels)
      throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf(SHEET, paper, firstPlace, labels))) {
      return document.getNumberOfPages();
    }
  }

  /** The letters of the one label, without the hint in the sheet's margin. */
  private static List<TextPosition> letters(
      LabelSheet sheet, LabelPaper paper, int place, Label label) throws IOException {
    List<TextPosition> letters = new ArrayList<>();
    PDFTextStripper stripper =
        new PDFTextStripper() {
          @Override
          protected void writeString(String text, List<TextPosition> positions) {
            if (!text.contains("In ở tỷ lệ") && !text.contains("Avery")) {
              letters.addAll(positions);
            }
          }
        };
    stripper.setSortByPosition(true);
    try (PDDocument document = Loader.loadPDF(pdf(sheet, paper, place, List.of(label)))) {
      stripper.getText(document);
    }
    return letters;
  }

  private static void assertWithin(
      TextPosition letter, double left, double top, double right, double bottom) {
    double x = mm(letter.getXDirAdj());
    double baseline = mm(letter.getYDirAdj());
    double ascent = 0.76 * mm(letter.getFontSizeInPt());
    assertTrue(x >= left, () -> letter + " begins at " + x);
    assertTrue(x + mm(letter.getWidthDirAdj()) <= right + 0.01, () -> letter + " begins at " + x);
    assertTrue(baseline - ascent >= top, () -> letter + " stands on " + baseline);
    assertTrue(baseline <= bottom, () -> letter + " stands on " + baseline);
  }

  private static double mm(double points) {
    return points / 72 * 25.4;
  }
}
