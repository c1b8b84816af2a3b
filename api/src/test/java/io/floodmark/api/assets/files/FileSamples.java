package io.floodmark.api.assets.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files in memory. */
final class FileSamples {
  static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private FileSamples() {}

  static AssetFile open(byte[] bytes) throws IOException, FileProblemException {
    return open(bytes, FileLimits.DEFAULT);
  }

  private static AssetFile open(byte[] bytes, FileLimits limits)
      throws IOException, FileProblemException {
    return AssetFile.open(new ByteArrayInputStream(bytes), Optional.empty(), limits, TEMPORARY);
  }

  static AssetFile open(String text) throws IOException, FileProblemException {
    return open(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<FileRow> rows(byte[] bytes) throws IOException, FileProblemException {
    return rows(bytes, FileLimits.DEFAULT);
  }

  static List<FileRow> rows(byte[] bytes, FileLimits limits)
      throws IOException, FileProblemException {
    try (AssetFile file = open(bytes, limits)) {
      return rows(file);
    }
  }

  static List<FileRow> rows(String text) throws IOException, FileProblemException {
    return rows(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<FileRow> rows(AssetFile file) throws IOException, FileProblemException {
    List<FileRow> rows = new ArrayList<>();
    for (var row = file.next(); row.isPresent(); row = file.next()) {
      rows.add(row.get());
    }
    return rows;
  }

  /** A workbook of one sheet, whose {@code sheetData} is given. */
  static byte[] workbook(String sheetData) throws IOException {
    return zip(workbookParts("<worksheet>" + sheetData + "</worksheet>"));
  }

  static Map<String, String> workbookParts(String sheet) {
    String office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    return Map.of(
        "[Content_Types].xml",
        "<Types><Override PartName='/xl/workbook.xml' ContentType='application/vnd.openxmlformats-"
            + "officedocument.spreadsheetml.sheet.main+xml'/><Override PartName='/xl/styles.xml' "
            + "ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml'"
            + "/></Types>",
        "xl/workbook.xml",
        "<workbook xmlns:r='"
            + office
            + "'><sheets><sheet name='Cây' sheetId='1' r:id='rId1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/></Relationships>",
        "xl/styles.xml",
        "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='dd/mm/yyyy hh:mm'/><numFmt "
            + "numFmtId='171' formatCode='#,##0\\ \"đồng\"'/></numFmts><cellXfs><xf numFmtId='0'/>"
            + "<xf numFmtId='14'/><xf numFmtId='170'/><xf numFmtId='171'/><xf numFmtId='20'/>"
            + "</cellXfs></styleSheet>",
        "xl/worksheets/sheet1.xml",
        sheet);
  }

  static byte[] zip(Map<String, String> parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  static String inline(String address, String text) {
    return "<c r='" + address + "' t='inlineStr'><is><t>" + text + "</t></is></c>";
  }

  static RowProblem onlyProblem(FileRow row) {
    if (row.problems().size() != 1) {
      throw new AssertionError("Not one problem: " + row.problems());
    }
    return row.problems().get(0);
  }
}
