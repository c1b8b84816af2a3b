package io.floodmark.api.assets.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StreamingTest {
  private static final int ROWS = 20_000;
  private static final Columns COLUMNS = new Columns(List.of("tên", "ghi chú", "số"));
  private static final PositionColumns POINT = new PositionColumns("kinh độ", "vĩ độ");

  @TempDir private Path folder;

  /** Counts what has left the writer. */
  private static final class Counting extends OutputStream {
    private final OutputStream out;
    private long bytes;

    Counting(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      bytes++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      out.write(buffer, offset, length);
      bytes += length;
    }
  }

  private static Map<String, CellValue> cells(int i) {
    return Map.of(
        "tên",
        CellValue.of("Cây số " + i),
        "ghi chú",
        CellValue.of(Integer.toHexString(i * 0x9E3779B1).repeat(20)),
        "số",
        CellValue.of(i));
  }

  private Path write(FileFormat format) throws IOException {
    Path path = folder.resolve("trees." + format.extension());
    try (OutputStream file = Files.newOutputStream(path)) {
      Counting out = new Counting(file);
      long keptMax = 0;
      long before = 0;
      try (AssetWriter writer = AssetWriter.open(format, out, COLUMNS, Optional.of(POINT))) {
        for (int i = 0; i < ROWS; i++) {
          writer.row(cells(i), Optional.of(new Position(106 + i / 1e6, 20.9)));
          keptMax = out.bytes == before ? keptMax + 1 : 0;
          before = out.bytes;
          assertTrue(keptMax < 5_000, "The writer keeps rows: nothing came out for 5,000.");
        }
      }
    }
    return path;
  }

  @ParameterizedTest
  @EnumSource
  void rowsGoOutAndComeInOneByOne(FileFormat format) throws Exception {
    Path path = write(format);
    try (AssetFile file = AssetFile.open(path, FileLimits.DEFAULT)) {
      int count = 0;
      for (var row = file.next(); row.isPresent(); row = file.next()) {
        assertEquals("Cây số " + count, row.get().cells().get("tên"));
        assertEquals(Integer.toString(count), row.get().cells().get("số"));
        count++;
      }
      assertEquals(ROWS, count);
    }
  }

  @Test
  void theFirstRowComesBeforeTheFileIsRead() throws Exception {
    // What is wrong at the end of a file does not show at its beginning: nobody has been there.
    Path path = folder.resolve("late.csv");
    Files.writeString(path, "a,b\n" + "1,2\n".repeat(ROWS) + "\"");
    try (AssetFile file = AssetFile.open(path, FileLimits.DEFAULT)) {
      assertEquals(Map.of("a", "1", "b", "2"), file.next().orElseThrow().cells());
    }
  }

  @Test
  void theTemporaryCopyGoesWithItsFile() throws Exception {
    AssetFile file =
        AssetFile.open(
            new ByteArrayInputStream("a\n1\n".getBytes(StandardCharsets.UTF_8)),
            Optional.empty(),
            FileLimits.DEFAULT,
            folder);
    assertEquals(1, filesInFolder());
    file.close();
    assertEquals(0, filesInFolder());
  }

  private long filesInFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }
}
