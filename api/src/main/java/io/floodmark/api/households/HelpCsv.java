package io.floodmark.api.households;

import io.floodmark.api.pages.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The households in need of help as CSV (RFC 4180), with a byte order mark, without which Excel
 * reads Vietnamese as something else. Pure.
 */
final class HelpCsv {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private HelpCsv() {}

  static byte[] bytes(List<HelpEntry> entries, Texts texts) {
    String head =
        line(
            Stream.of(
                    "group", "house", "headName", "phone", "people", "elderly", "children", "note")
                .map(column -> texts.of("field." + column)));
    String lines =
        entries.stream()
            .map(
                entry ->
                    line(
                        Stream.of(
                            entry.groupName(),
                            entry.label(),
                            entry.household().headName(),
                            entry.household().phone().orElse(""),
                            number(entry.household().people()),
                            number(entry.household().elderly()),
                            number(entry.household().children()),
                            entry.household().note().orElse(""))))
            .collect(Collectors.joining());
    return (BYTE_ORDER_MARK + head + lines).getBytes(StandardCharsets.UTF_8);
  }

  private static String number(OptionalInt number) {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : "";
  }

  private static String line(Stream<String> cells) {
    return cells.map(HelpCsv::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  /** A cell that begins like a formula is run by spreadsheets: an apostrophe keeps it a text. */
  private static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
