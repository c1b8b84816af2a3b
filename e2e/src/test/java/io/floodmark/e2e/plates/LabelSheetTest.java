package io.floodmark.e2e.plates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.api.plates.label.LabelPaper;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sheets of labels are read as a whole, page by page, with all labels of a page in one picture. */
final class LabelSheetTest {
  private static final int DPI = 150;

  @TempDir private Path folder;

  @Test
  void fiveHundredLabelsAreReadAndLeadToTheirPages() throws Exception {
    assertAllAreRead(new Plates("https://q.phuong.vn", 500, 7160), LabelPaper.L7160, DPI);
  }

  /** The longer the host, the larger the symbol's version and the finer its modules. */
  @ParameterizedTest(name = "version {0}")
  @CsvSource({
    "4, https://phuong-my-hao.example.vn",
    "5, https://bien-ma-qr.phuong-my-hao.hungyen.example.vn",
    "6, https://bien-ma-qr.uy-ban-nhan-dan-phuong-my-hao.hungyen.example.vn"
  })
  void longerAddressesAreReadToo(int version, String publicUrl) throws Exception {
    assertAllAreRead(new Plates(publicUrl, 21, version), LabelPaper.L7160, DPI);
  }

  @Test
  void singlePlatesOfBothSizesAreRead() throws Exception {
    Plates plates = new Plates("https://q.phuong.vn", 20, 6090);
    assertAllAreRead(plates, LabelPaper.PLATE_60, DPI);
    assertAllAreRead(plates, LabelPaper.PLATE_90, DPI / 2);
  }

  private void assertAllAreRead(Plates plates, LabelPaper paper, int dpi) throws Exception {
    List<Path> pages = PrintedPages.render(plates.write(paper, folder), dpi, folder);
    List<String> read = PrintedPages.read(pages, folder);
    assertEquals(plates.addresses(), new HashSet<>(read));
    assertEquals(plates.addresses().size(), read.size(), "symbols read");
  }
}
