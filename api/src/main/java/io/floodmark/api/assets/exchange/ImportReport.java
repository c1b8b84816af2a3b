package io.floodmark.api.assets.exchange;

import io.floodmark.api.assets.files.AssetWriter;
import io.floodmark.api.assets.files.CellValue;
import io.floodmark.api.assets.files.Columns;
import io.floodmark.api.assets.files.FileFormat;
import io.floodmark.api.pages.Texts;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Counts what a dry run finds, and keeps the problems: the first for the page, all for a file. */
final class ImportReport implements Closeable {
  /** Shown on the page. */
  static final int SHOWN_MAX = 1_000;

  /** In the file: some ten megabytes, more than anybody corrects by hand. */
  private static final int WRITTEN_MAX = 200_000;

  private final Texts texts;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final GZIPOutputStream packed;
  private final AssetWriter writer;
  private final List<ImportProblem> first = new ArrayList<>();
  private final ImportCounts counts;
  private int written;

  /** A report in the language of {@code texts}. */
  ImportReport(Texts texts, ImportCounts counts) throws IOException {
    this.texts = texts;
    this.counts = counts;
    this.packed = new GZIPOutputStream(bytes);
    this.writer =
        AssetWriter.open(
            FileFormat.CSV,
            packed,
            new Columns(
                List.of(
                    texts.of("exchange.report.row"),
                    texts.of("exchange.report.column"),
                    texts.of("exchange.report.cell"),
                    texts.of("exchange.report.weight"),
                    texts.of("exchange.report.problem"))),
            Optional.empty());
  }

  /** Takes a problem. */
  void add(ImportProblem problem) throws IOException {
    // What stops the import comes first: a thousand warnings must not hide one problem.
    if (first.size() < SHOWN_MAX) {
      first.add(problem);
    } else if (!problem.warning()) {
      int last = lastWarning();
      if (last >= 0) {
        first.remove(last);
        first.add(problem);
      }
    }
    if (written++ < WRITTEN_MAX) {
      Map<String, CellValue> cells = new LinkedHashMap<>();
      if (problem.row() > 0) {
        cells.put(texts.of("exchange.report.row"), CellValue.of(problem.row()));
      }
      problem
          .column()
          .ifPresent(c -> cells.put(texts.of("exchange.report.column"), CellValue.of(c)));
      cells.put(texts.of("exchange.report.cell"), CellValue.of(problem.cell()));
      String weight = problem.warning() ? "exchange.report.warning" : "exchange.report.error";
      cells.put(texts.of("exchange.report.weight"), CellValue.of(texts.of(weight)));
      cells.put(texts.of("exchange.report.problem"), CellValue.of(problem.sentence(texts)));
      writer.row(cells, Optional.empty());
    }
  }

  private int lastWarning() {
    for (int i = first.size() - 1; i >= 0; i--) {
      if (first.get(i).warning()) {
        return i;
      }
    }
    return -1;
  }

  /** How many rows there were of which sort. */
  ImportCounts counts() {
    return counts;
  }

  /** At most a thousand, those that stop the import among them before mere warnings. */
  List<ImportProblem> first() {
    return List.copyOf(first);
  }

  /** All as CSV, gzip; ends the report. */
  byte[] packed() throws IOException {
    close();
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    writer.close();
    packed.finish();
  }
}
