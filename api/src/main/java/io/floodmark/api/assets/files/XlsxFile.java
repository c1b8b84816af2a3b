package io.floodmark.api.assets.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/**
 * One sheet of an Excel workbook (.xlsx, ECMA-376). The first row with anything in it is the
 * header; rows have the numbers that Excel shows at their left.
 */
final class XlsxFile implements AssetFile {
  private final FileLimits limits;
  private final boolean epoch1904;
  private final ReadableWorkbook workbook;
  private final List<String> sheets;
  private final Stream<Row> stream;
  private final Iterator<Row> sheetRows;
  private final Columns columns;
  private long rows;

  XlsxFile(Path file, Optional<String> sheet, FileLimits limits)
      throws IOException, FileProblemException {
    this.limits = limits;
    epoch1904 = XlsxGuard.check(file, limits).epoch1904();
    workbook = workbook(file);
    boolean opened = false;
    try {
      List<Sheet> visible =
          workbook.getSheets().filter(s -> s.getVisibility() == SheetVisibility.VISIBLE).toList();
      sheets = visible.stream().map(Sheet::getName).toList();
      stream = chosen(visible, sheet).openStream();
      sheetRows = stream.iterator();
      columns = readHeader();
      opened = true;
    } catch (RuntimeException e) {
      throw damaged(e);
    } finally {
      if (!opened) {
        workbook.close();
      }
    }
  }

  private static ReadableWorkbook workbook(Path file) throws IOException, FileProblemException {
    try {
      return new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
    } catch (ExcelReaderException e) {
      // A workbook need not have styles (ECMA-376 part 1, 12.3.20); the library insists on them.
      return withoutStyles(file);
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  private static ReadableWorkbook withoutStyles(Path file) throws FileProblemException {
    try {
      return new ReadableWorkbook(file.toFile(), new ReadingOptions(false, true));
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  private static Sheet chosen(List<Sheet> visible, Optional<String> name)
      throws FileProblemException {
    return visible.stream()
        .filter(sheet -> name.isEmpty() || sheet.getName().equals(name.get()))
        .findFirst()
        .orElseThrow(
            () ->
                new FileProblemException(
                    ProblemKeys.XLSX_SHEET,
                    Map.of(
                        "sheet",
                        name.orElse(""),
                        "sheets",
                        String.join(", ", visible.stream().map(Sheet::getName).toList()))));
  }

  /**
   * The library meets what it does not expect with whatever exception comes of it; it has read a
   * file that the guard found whole, so the content is at fault.
   */
  private static FileProblemException damaged(Exception cause) {
    return new FileProblemException(ProblemKeys.XLSX_DAMAGED, Map.of(), cause);
  }

  private Columns readHeader() throws FileProblemException {
    while (sheetRows.hasNext()) {
      List<String> cells = new ArrayList<>();
      for (Cell cell : sheetRows.next()) {
        cells.add(cell == null ? "" : XlsxCell.read(cell, epoch1904).text());
      }
      if (!cells.stream().allMatch(String::isBlank)) {
        return Columns.read(cells, limits);
      }
    }
    return Columns.read(List.of(), limits);
  }

  @Override
  public FileFormat format() {
    return FileFormat.XLSX;
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public List<String> sheets() {
    return sheets;
  }

  @Override
  public Optional<FileRow> next() throws FileProblemException {
    try {
      while (sheetRows.hasNext()) {
        FileRow row = row(sheetRows.next());
        if (!row.isEmpty()) {
          rows = RowLimit.next(rows, limits);
          return Optional.of(row);
        }
      }
      return Optional.empty();
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  private FileRow row(Row found) {
    long number = found.getRowNum();
    Map<String, String> cells = new LinkedHashMap<>();
    List<RowProblem> problems = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Cell cell : found) {
      XlsxCell read = cell == null ? XlsxCell.ABSENT : XlsxCell.read(cell, epoch1904);
      int index = texts.size();
      texts.add(read.text());
      if (index < columns.names().size()) {
        add(number, columns.names().get(index), read, cells, problems);
      }
    }
    RowLimit.moreCells(number, texts, columns).ifPresent(problems::add);
    return new FileRow(number, Optional.empty(), cells, Optional.empty(), problems);
  }

  private void add(
      long row,
      String column,
      XlsxCell cell,
      Map<String, String> cells,
      List<RowProblem> problems) {
    if (cell.fault().isPresent()) {
      problems.add(
          new RowProblem(
              row,
              Optional.of(column),
              cell.fault().get(),
              Map.of(RowProblem.CELL, RowProblem.shortened(cell.text()))));
    } else if (cell.text().length() > limits.cellChars()) {
      problems.add(RowProblem.tooLong(row, column, cell.text(), limits.cellChars()));
    } else if (!cell.text().isEmpty()) {
      cells.put(column, cell.text());
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
    workbook.close();
  }
}
