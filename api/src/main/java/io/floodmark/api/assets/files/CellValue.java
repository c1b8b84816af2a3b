package io.floodmark.api.assets.files;

import java.math.BigDecimal;

/** What stands in a written cell. */
public sealed interface CellValue {

  /** The value as it comes back when the file is read. */
  String text();

  /**
   * Letters and digits that stay as they are: {@code 007} too.
   *
   * @param text an empty one is absent
   */
  record Text(String text) implements CellValue {}

  /**
   * A number to calculate with.
   *
   * @param number without trailing zeros
   */
  record Numeric(BigDecimal number) implements CellValue {
    /** Drops trailing zeros, so that all formats say the same. */
    public Numeric {
      number = number.stripTrailingZeros();
      if (number.scale() < 0) {
        number = number.setScale(0);
      }
    }

    @Override
    public String text() {
      return number.toPlainString();
    }
  }

  /**
   * True or false.
   *
   * @param value which
   */
  record Truth(boolean value) implements CellValue {
    @Override
    public String text() {
      return Boolean.toString(value);
    }
  }

  /** A text. */
  static CellValue of(String text) {
    return new Text(text);
  }

  /** A whole number. */
  static CellValue of(long number) {
    return new Numeric(BigDecimal.valueOf(number));
  }

  /** A number, exactly as given. */
  static CellValue of(BigDecimal number) {
    return new Numeric(number);
  }
}
