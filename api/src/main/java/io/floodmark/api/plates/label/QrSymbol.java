package io.floodmark.api.plates.label;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The QR symbol of an address: alphanumeric mode, error correction H (about 30 % of the codewords),
 * the smallest version that holds it, the mask that the standard's penalties choose (ISO/IEC 18004
 * §7.8.3).
 */
public final class QrSymbol {
  /** Modules that stay white on each side (ISO/IEC 18004 §6.3.8). */
  public static final int QUIET_ZONE = 4;

  /** The largest version that {@link PlateAddress} can ask for. */
  static final int VERSION_MAX = 6;

  private static final int MASK_BY_PENALTY = -1;

  private final QrCode code;

  private QrSymbol(QrCode code) {
    this.code = code;
  }

  /**
   * Encodes an address.
   *
   * @param address digits, upper-case letters, space and {@code $%*+-./:} only, at most 84
   * @throws IllegalArgumentException if it holds others or is too long
   */
  public static QrSymbol of(String address) {
    return new QrSymbol(
        QrCode.encodeSegments(
            List.of(QrSegment.makeAlphanumeric(address)),
            QrCode.Ecc.HIGH,
            QrCode.MIN_VERSION,
            VERSION_MAX,
            MASK_BY_PENALTY,
            false));
  }

  /** The version, 1 to 6: it has 17 + 4 times that many modules a side. */
  public int version() {
    return code.version;
  }

  /** Modules a side without the quiet zone. */
  public int size() {
    return code.size;
  }

  /** Modules a side with the quiet zone on both. */
  public int sizeWithQuietZone() {
    return code.size + 2 * QUIET_ZONE;
  }

  /** Whether a module is dark; {@code x} to the right, {@code y} down, both from 0. */
  public boolean isDark(int x, int y) {
    return code.getModule(x, y);
  }

  /** The dark modules as bars, from top to bottom. */
  List<Bar> bars() {
    List<Bar> bars = new ArrayList<>();
    for (int y = 0; y < code.size; y++) {
      int x = 0;
      while (x < code.size) {
        int start = x;
        while (x < code.size && code.getModule(x, y)) {
          x++;
        }
        if (x > start) {
          bars.add(new Bar(start, y, x - start));
        }
        x++;
      }
    }
    return bars;
  }

  /**
   * Dark modules side by side.
   *
   * @param x the leftmost
   * @param y the row, from the top
   * @param length how many
   */
  record Bar(int x, int y, int length) {}
}
