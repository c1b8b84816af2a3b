package io.floodmark.api.staff;

import io.floodmark.api.access.Guard;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Representation;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /staff/audit}: who did what, for administrators. */
public final class AuditRoutes {
  private static final String PAGE = "/staff/audit";
  private static final int ROWS = 50;
  private static final int EXPORT_ROWS_MAX = 50_000;

  private final StaffParts parts;
  private final Map<Language, AuditWords> words = AuditWords.inAllLanguages();

  AuditRoutes(StaffParts parts) {
    this.parts = parts;
  }

  void addTo(Routes routes) {
    routes.get(PAGE, Guard.of(Right.SEE_AUDIT), this::page);
    routes.get(PAGE + ".csv", Guard.of(Right.SEE_AUDIT), this::export);
  }

  /**
   * The filter as it stands in the form.
   *
   * @param actor as typed
   * @param action as chosen
   * @param subject as typed
   * @param day as 2026-11-21
   */
  public record Asked(String actor, String action, String subject, String day) {
    AuditStore.Filter filter() {
      return new AuditStore.Filter(given(actor), given(action), given(subject), date());
    }

    private Optional<LocalDate> date() {
      try {
        return given(day).map(LocalDate::parse);
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }

    private static Optional<String> given(String text) {
      return Optional.of(text).filter(some -> !some.isEmpty());
    }

    /** As a query, without the fields that are empty. */
    public String query() {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("actor", actor);
      fields.put("action", action);
      fields.put("subject", subject);
      fields.put("day", day);
      return fields.entrySet().stream()
          .filter(field -> !field.getValue().isEmpty())
          .map(
              field ->
                  field.getKey()
                      + "="
                      + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
          .collect(Collectors.joining("&"));
    }
  }

  private void page(Visit visit) {
    Asked asked = asked(visit);
    long before = before(visit);
    parts
        .database()
        .read(
            connection ->
                AuditStore.find(connection, asked.filter(), parts.zone(), before, ROWS + 1))
        .onSuccess(
            found -> {
              List<AuditStore.Entry> entries = found.subList(0, Math.min(ROWS, found.size()));
              Map<String, Object> model = new HashMap<>();
              model.put("entries", entries);
              model.put("asked", asked);
              model.put("words", words.get(visit.language()));
              model.put("older", found.size() > ROWS ? link(asked, entries.get(ROWS - 1)) : "");
              model.put("isFirst", before == Long.MAX_VALUE);
              model.put("time", parts.time());
              parts.show(
                  visit, "staff/audit.jte", parts.frame(visit, "audit.title", "audit"), model);
            })
        .onFailure(visit::fail);
  }

  private static String link(Asked asked, AuditStore.Entry last) {
    String query = asked.query();
    return PAGE + "?" + (query.isEmpty() ? "" : query + "&") + "before=" + last.id();
  }

  private void export(Visit visit) {
    Asked asked = asked(visit);
    AuditWords inWords = words.get(visit.language());
    parts
        .database()
        .read(
            connection ->
                csv(
                        AuditStore.find(
                            connection,
                            asked.filter(),
                            parts.zone(),
                            Long.MAX_VALUE,
                            EXPORT_ROWS_MAX),
                        inWords)
                    .getBytes(StandardCharsets.UTF_8))
        .onSuccess(
            bytes -> {
              visit
                  .request()
                  .response()
                  .putHeader("Content-Disposition", "attachment; filename=\"nhat-ky.csv\"");
              visit.send(
                  Representation.computed(
                      "text/csv; charset=utf-8", bytes, visit.acceptEncoding()));
            })
        .onFailure(visit::fail);
  }

  private String csv(List<AuditStore.Entry> entries, AuditWords inWords) {
    ShownTime time = parts.time();
    // The mark lets spreadsheets see that it is UTF-8.
    StringBuilder csv =
        new StringBuilder("\uFEFFtime,actor,action,what,subject,address,detail\r\n");
    for (AuditStore.Entry entry : entries) {
      csv.append(
              String.join(
                  ",",
                  cell(time.exactly(entry.at())),
                  cell(entry.actor()),
                  cell(entry.action()),
                  cell(inWords.action(entry.action())),
                  cell(entry.subject()),
                  cell(entry.address()),
                  cell(entry.detail())))
          .append("\r\n");
    }
    return csv.toString();
  }

  /** Text that a spreadsheet would take for a formula gets an apostrophe before it. */
  private static String cell(String text) {
    String harmless = text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
    return "\"" + harmless.replace("\"", "\"\"") + "\"";
  }

  private static Asked asked(Visit visit) {
    return new Asked(
        parameter(visit, "actor"),
        parameter(visit, "action"),
        parameter(visit, "subject"),
        parameter(visit, "day"));
  }

  private static String parameter(Visit visit, String name) {
    String text = visit.request().getParam(name);
    return text == null ? "" : text.strip().replace("\0", "");
  }

  private static long before(Visit visit) {
    String text = parameter(visit, "before");
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : Long.MAX_VALUE;
  }
}
