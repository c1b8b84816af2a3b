package io.floodmark.api.assets.files;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.Set;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;

/**
 * A cell of a sheet as its user sees it.
 *
 * @param text what stands in it; empty when absent
 * @param fault the key of the sentence that says why it cannot be taken
 */
record XlsxCell(String text, Optional<String> fault) {
  static final XlsxCell ABSENT = new XlsxCell("", Optional.empty());

  /** ECMA-376 part 1, 18.17.3. */
  private static final Set<String> ERRORS =
      Set.of(
          "#DIV/0!",
          "#N/A",
          "#NAME?",
          "#NULL!",
          "#NUM!",
          "#REF!",
          "#VALUE!",
          "#GETTING_DATA",
          "#SPILL!",
          "#CALC!");

  /** Excel keeps and shows no more digits; the double in the file may have a wrong 16th. */
  private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

  static XlsxCell read(Cell cell, boolean epoch1904) {
    Object value = cell.getValue();
    if (cell.getType() == CellType.ERROR) {
      return failed(ProblemKeys.CELL_ERROR, cell.getRawValue());
    }
    if (cell.getType() == CellType.FORMULA && value == null && cell.getRawValue() == null) {
      return failed(ProblemKeys.CELL_NO_RESULT, "=" + cell.getFormula());
    }
    if (cell.getType() == CellType.FORMULA && value instanceof String text) {
      // The library drops the type of a formula's result.
      return ERRORS.contains(text) ? failed(ProblemKeys.CELL_ERROR, text) : of(text);
    }
    if (cell.getType() == CellType.STRING && value == null) {
      // A text shared with other cells that is not among the shared texts: never lost in silence.
      throw new IllegalStateException("The workbook has no text for " + cell.getAddress() + ".");
    }
    if (value instanceof BigDecimal number) {
      return new XlsxCell(
          XlsxDate.read(cell, number, epoch1904).orElseGet(() -> plain(number)), Optional.empty());
    }
    return value == null ? ABSENT : of(value.toString());
  }

  private static XlsxCell of(String text) {
    return new XlsxCell(XlsxText.unescape(text), Optional.empty());
  }

  private static XlsxCell failed(String key, String text) {
    return new XlsxCell(text == null ? "" : text, Optional.of(key));
  }

  static String plain(BigDecimal number) {
    BigDecimal rounded = number.round(DIGITS).stripTrailingZeros();
    // Far beyond what anyone types: as Excel shows it, not as hundreds of zeros.
    return Math.abs((long) rounded.precision() - rounded.scale()) > 30
        ? rounded.toString()
        : rounded.toPlainString();
  }
}
