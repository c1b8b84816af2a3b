package io.floodmark.api.assets.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;

/**
 * CSV (RFC 4180) for spreadsheets: a byte order mark, without which Excel takes UTF-8 for the old
 * code page and garbles Vietnamese, CRLF, and {@link CsvGuard} in front of what looks like a
 * formula.
 */
final class CsvWriter implements AssetWriter {
  /** In quotes, so that no name at the start of a file is taken for {@code sep=;} or for JSON. */
  private static final CSVFormat HEADER =
      CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL).get();

  private final Writer text;
  private final TableHeader header;

  CsvWriter(OutputStream out, TableHeader header) throws IOException {
    text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.header = header;
    text.write(StrictText.BOM);
    print(HEADER, header.columns().names().stream().map(CsvGuard::on).toList());
  }

  @Override
  public void row(Map<String, CellValue> cells, Optional<Position> position) throws IOException {
    List<String> record = new ArrayList<>();
    for (Optional<CellValue> value : header.values(cells, position)) {
      record.add(value.map(CsvWriter::cell).orElse(""));
    }
    print(CSVFormat.RFC4180, record);
  }

  private void print(CSVFormat format, List<String> record) throws IOException {
    format.printRecord(text, record.toArray());
  }

  private static String cell(CellValue value) {
    return value instanceof CellValue.Text text ? CsvGuard.on(text.text()) : value.text();
  }

  @Override
  public void close() throws IOException {
    text.flush();
  }
}
