package io.floodmark.api.plates.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nayuki.qrcodegen.QrSegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QrSymbolTest {
  private static final String ADDRESS = "HTTPS://Q.PHUONG.VN/Q/7K3M9QX2V0";

  @Test
  void anAddressIsInAlphanumericMode() {
    List<QrSegment> segments = QrSegment.makeSegments(ADDRESS);
    assertEquals(1, segments.size());
    assertEquals(QrSegment.Mode.ALPHANUMERIC, segments.get(0).mode);
    assertThrows(
        IllegalArgumentException.class, () -> QrSymbol.of("https://q.phuong.vn/q/7K3M9QX2V0"));
  }

  /** ISO/IEC 18004 table 7: what versions hold in alphanumeric mode with error correction H. */
  @ParameterizedTest
  @CsvSource({"30, 3, 29", "35, 3, 29", "36, 4, 33", "50, 4, 33", "64, 5, 37", "84, 6, 41"})
  void theSmallestVersionIsTakenThatHoldsTheAddressAtLevelH(int length, int version, int size) {
    QrSymbol symbol = QrSymbol.of("A".repeat(length));
    assertEquals(version, symbol.version());
    assertEquals(size, symbol.size());
    assertEquals(size + 8, symbol.sizeWithQuietZone());
  }

  @Test
  void anAddressLongerThanALabelHoldsIsRefused() {
    assertThrows(RuntimeException.class, () -> QrSymbol.of("A".repeat(85)));
  }

  /** ISO/IEC 18004 table 12: the two bits of level H are 10, masked with 10 to 00. */
  @Test
  void theSymbolSaysThatItIsOfLevelH() {
    QrSymbol symbol = QrSymbol.of(ADDRESS);
    assertFalse(symbol.isDark(0, 8));
    assertFalse(symbol.isDark(1, 8));
  }

  @Test
  void barsAreTheDarkModules() {
    QrSymbol symbol = QrSymbol.of(ADDRESS);
    boolean[][] dark = new boolean[symbol.size()][symbol.size()];
    for (QrSymbol.Bar bar : symbol.bars()) {
      for (int x = bar.x(); x < bar.x() + bar.length(); x++) {
        assertFalse(dark[bar.y()][x], "bars meet");
        dark[bar.y()][x] = true;
      }
    }
    for (int y = 0; y < symbol.size(); y++) {
      for (int x = 0; x < symbol.size(); x++) {
        assertEquals(symbol.isDark(x, y), dark[y][x]);
      }
    }
    assertTrue(dark[0][0]);
  }
}
