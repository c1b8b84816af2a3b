package io.floodmark.api.assets.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * An Excel workbook with one sheet. Texts are written as texts: a house number 007 stays, and what
 * looks like a formula is never calculated.
 */
final class XlsxWriter implements AssetWriter {
  /** The library's own limit is Excel's; one row is the header. */
  private static final int ROWS_MAX = Worksheet.MAX_ROWS - 1;

  private static final int CELL_CHARS_MAX = 32_767;

  /** Beyond this, Excel changes digits. */
  private static final int NUMBER_DIGITS_MAX = 15;

  private static final int ROWS_PER_FLUSH = 500;
  private static final int WIDTH_MIN = 12;
  private static final int WIDTH_MAX = 40;

  private final Workbook workbook;
  private final Worksheet sheet;
  private final TableHeader header;
  private int rows;

  XlsxWriter(OutputStream out, TableHeader header) throws IOException {
    workbook = new Workbook(new LeftOpen(out), "Floodmark", "1.0");
    sheet = workbook.newWorksheet("Floodmark");
    this.header = header;
    List<String> names = header.columns().names();
    for (int i = 0; i < names.size(); i++) {
      sheet.inlineString(0, i, XlsxText.escape(names.get(i)));
      sheet.width(i, Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, names.get(i).length() + 2)));
    }
    if (!names.isEmpty()) {
      sheet.range(0, 0, 0, names.size() - 1).style().bold().set();
    }
    sheet.freezePane(0, 1);
  }

  @Override
  public void row(Map<String, CellValue> cells, Optional<Position> position) throws IOException {
    if (rows >= ROWS_MAX) {
      throw new IllegalArgumentException(
          "Excel takes " + ROWS_MAX + " rows: choose CSV or GeoJSON for more.");
    }
    List<Optional<CellValue>> values = header.values(cells, position);
    rows++;
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i).isPresent()) {
        write(i, values.get(i).get());
      }
    }
    if (rows % ROWS_PER_FLUSH == 0) {
      sheet.flush();
    }
  }

  private void write(int column, CellValue value) {
    if (value instanceof CellValue.Truth truth) {
      sheet.value(rows, column, truth.value());
    } else if (value instanceof CellValue.Numeric number
        && number.number().precision() <= NUMBER_DIGITS_MAX) {
      sheet.value(rows, column, number.number());
    } else {
      String text = XlsxText.escape(value.text());
      if (text.length() > CELL_CHARS_MAX) {
        throw new IllegalArgumentException(
            "Excel takes " + CELL_CHARS_MAX + " characters a cell: choose CSV or GeoJSON.");
      }
      sheet.inlineString(rows, column, text);
    }
  }

  @Override
  public void close() throws IOException {
    workbook.finish();
  }

  /** The library closes its stream when the workbook is done; ours stays the caller's. */
  private static final class LeftOpen extends FilterOutputStream {
    LeftOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
