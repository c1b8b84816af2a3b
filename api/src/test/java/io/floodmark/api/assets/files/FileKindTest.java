package io.floodmark.api.assets.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileKindTest {

  private static String refusal(byte[] bytes) {
    return assertThrows(FileProblemException.class, () -> FileSamples.open(bytes)).key();
  }

  private static FileFormat format(byte[] bytes) throws IOException, FileProblemException {
    try (AssetFile file = FileSamples.open(bytes)) {
      return file.format();
    }
  }

  @Test
  void theContentTellsTheFormat() throws Exception {
    assertEquals(FileFormat.CSV, format("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)));
    String collection = "\uFEFF \n{\"type\":\"FeatureCollection\",\"features\":[]}";
    assertEquals(FileFormat.GEOJSON, format(collection.getBytes(StandardCharsets.UTF_8)));
    String sheet = "<sheetData><row r='1'>" + FileSamples.inline("A1", "a") + "</row></sheetData>";
    assertEquals(FileFormat.XLSX, format(FileSamples.workbook(sheet)));
  }

  @ParameterizedTest
  @CsvSource({
    "D0CF11E0A1B11AE1, file.oldExcel",
    "255044462D312E37, file.pdf",
    "89504E470D0A1A0A, file.image",
    "FFD8FFE000104A46, file.image",
    "524946460000000057454250, file.image",
    "000000186674797068656963, file.image",
    "7B5C727466310000, file.word",
    "1F8B080000000000, file.archive",
    "3C68746D6C3E3C2F, file.markup",
    "610062002C006300, file.binary",
    "20200A, file.empty"
  })
  void othersAreRefusedByTheirBeginning(String hex, String key) {
    assertEquals(key, refusal(HexFormat.of().parseHex(hex)));
  }

  @Test
  void othersInAZipAreRefused() throws Exception {
    assertEquals("file.word", refusal(FileSamples.zip(Map.of("word/document.xml", "<a/>"))));
    assertEquals("file.archive", refusal(FileSamples.zip(Map.of("trees.csv", "a,b"))));
  }

  @Test
  void anEmptyFileIsRefused() {
    assertEquals("file.empty", refusal(new byte[0]));
  }

  @Test
  void aFileOverTheLimitIsRefused() {
    byte[] bytes = "name\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    FileProblemException problem =
        assertThrows(
            FileProblemException.class,
            () ->
                AssetFile.open(
                    new ByteArrayInputStream(bytes),
                    Optional.empty(),
                    FileLimits.DEFAULT.withBytes(4_999),
                    FileSamples.TEMPORARY));
    assertEquals("file.bytes", problem.key());
  }

  @Test
  void theRefusalOfAnOldWorkbookSaysHowToSaveIt() {
    byte[] old = {
      (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
    };
    FileProblemException problem =
        assertThrows(FileProblemException.class, () -> FileSamples.open(old));
    assertTrue(FileTexts.english().sentence(problem).contains(".xlsx"));
    assertTrue(FileTexts.vietnamese().sentence(problem).contains(".xlsx"));
  }
}
