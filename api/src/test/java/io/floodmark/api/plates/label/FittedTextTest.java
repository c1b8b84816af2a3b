package io.floodmark.api.plates.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.plates.label.FittedText.Range;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;

class FittedTextTest {
  private static final double WIDTH_MM = 30;
  private static final double HEIGHT_MM = 9.6;
  private static final Range RANGE = new Range(14, 10, 8, 2);
  private static final double ROUNDING = 1e-6;

  private final LabelFont font;

  FittedTextTest() throws IOException {
    font = LabelFont.load(new PDDocument(), "DejaVuSansCondensed-Bold.ttf");
  }

  @Test
  void aShortTextHasTheLargestSize() throws IOException {
    assertEquals(new FittedText(font, 14, List.of("Cây 7")), fit("Cây 7"));
  }

  @Test
  void aLongerTextIsShrunk() throws IOException {
    FittedText fitted = fit("Cây số 12034");
    assertEquals(List.of("Cây số 12034"), fitted.lines());
    assertTrue(fitted.sizePt() >= 10 && fitted.sizePt() < 14, fitted::toString);
  }

  @Test
  void aTextTooLongForOneLineIsWrapped() throws IOException {
    assertEquals(
        List.of("Số nhà 12,", "Nguyễn Văn Linh"), fit("Số nhà 12, Nguyễn Văn Linh").lines());
  }

  @Test
  void aTextTooLongForTwoLinesEndsInAnEllipsis() throws IOException {
    FittedText fitted = fit("Số nhà 128/45/12A, đường Nguyễn Thị Minh Khai kéo dài");
    assertEquals(8, fitted.sizePt());
    assertEquals(2, fitted.lines().size());
    assertTrue(fitted.lines().get(1).matches(".*\\p{L}…"), fitted::toString);
  }

  @Test
  void aHostIsBrokenBeforeADot() throws IOException {
    assertEquals(
        List.of("phuong-my-hao", ".hungyen.gov.vn"), fit("phuong-my-hao.hungyen.gov.vn").lines());
  }

  @Test
  void aBlankTextHasNoLine() throws IOException {
    assertEquals(List.of(), fit(" \n").lines());
    assertEquals(0, fit("").heightMm());
  }

  @Test
  void aTextIsComposedAndOnOneLine() {
    assertEquals("Mỹ Hào", font.drawable("  My\u0303 \n Ha\u0300o\t"));
  }

  @Test
  void aLetterThatTheFontLacksIsReplaced() {
    assertEquals("Cây \uFFFD 7", font.drawable("Cây \uD83C\uDF33 7"));
  }

  @Property(seed = "7160", tries = 300)
  void noTextLeavesItsBox(
      @ForAll
          @Chars({'a', 'M', 'ệ', 'Ễ', '7', ' ', ' ', '.', '/', '-', '\uD83C', '樹'})
          @StringLength(max = 120)
          String text)
      throws IOException {
    FittedText fitted = fit(text);
    assertTrue(fitted.heightMm() <= HEIGHT_MM + ROUNDING, fitted::toString);
    assertTrue(fitted.sizePt() >= RANGE.smallestPt(), fitted::toString);
    for (String line : fitted.lines()) {
      assertTrue(font.widthMm(line, fitted.sizePt()) <= WIDTH_MM + ROUNDING, fitted::toString);
    }
  }

  private FittedText fit(String text) throws IOException {
    return FittedText.fit(font, text, WIDTH_MM, HEIGHT_MM, RANGE);
  }
}
