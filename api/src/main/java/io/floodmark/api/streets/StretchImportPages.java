package io.floodmark.api.streets;

import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Representation;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Form;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.api.sensors.SensorRows;
import io.floodmark.api.sensors.SensorView;
import io.floodmark.staff.Right;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /staff/streets/import}: a file is checked and shown first, and taken in, all of it or
 * nothing, when its sender says so.
 */
public final class StretchImportPages {
  private static final String PAGE = StretchPages.HOME + "/import";
  private static final int SHOWN_MAX = 200;
  private static final int FILE_NAME_CHARS_MAX = 120;

  private final DatabaseCalls database;
  private final InstantSource clock;
  private final Pages pages;

  StretchImportPages(DatabaseCalls database, InstantSource clock, Pages pages) {
    this.database = database;
    this.clock = clock;
    this.pages = pages;
  }

  void addTo(Routes routes) {
    Guard guard = Guard.of(Right.IMPORT_REGISTER);
    routes.get(PAGE, guard, visit -> visit.send(empty(visit, false)));
    routes.form(PAGE, guard, StreetRoutes.FILE, this::check);
    routes.form(PAGE + "/:draft", guard, BodyLimit.FIELDS, this::take);
  }

  /**
   * A file that was checked.
   *
   * @param fileName as its sender calls it
   * @param draft its number while it waits; 0 where it cannot be taken in
   * @param rows the first of the stretches that would be added
   * @param fresh how many would be
   * @param known how many are there already
   * @param faults why nothing can be taken in
   */
  public record Preview(
      String fileName,
      long draft,
      List<PreviewRow> rows,
      int fresh,
      int known,
      List<StretchFault> faults) {
    /** Copies the lists. */
    public Preview {
      rows = List.copyOf(rows);
      faults = List.copyOf(faults);
    }
  }

  /**
   * A stretch that would be added.
   *
   * @param sensors codes that the file names
   * @param proposals sensors that will be proposed, where it names none
   */
  public record PreviewRow(
      String name, long lengthM, List<String> sensors, List<StretchProposal> proposals) {
    /** Copies the lists. */
    public PreviewRow {
      sensors = List.copyOf(sensors);
      proposals = List.copyOf(proposals);
    }
  }

  private Representation empty(Visit visit, boolean noFile) {
    return pages.page(
        visit,
        "streets.import",
        "streets/import.jte",
        Map.of("preview", Optional.empty(), "noFile", noFile));
  }

  private void check(Visit visit, Form form) {
    List<Form.Upload> files = form.uploads("file");
    if (files.isEmpty()) {
      Pages.send(visit, empty(visit, true), true);
      return;
    }
    byte[] bytes = files.get(0).content().getBytes();
    String fileName = shortened(files.get(0).name());
    database
        .transaction(
            connection -> {
              StretchDesk desk = new StretchDesk(connection, visit, clock.instant());
              StretchDesk.Checked checked = desk.check(bytes);
              boolean canGo = checked.isGood() && !checked.fresh().isEmpty();
              return preview(
                  fileName,
                  canGo ? desk.keep(fileName, checked) : 0,
                  checked,
                  SensorRows.inService(connection));
            })
        .onSuccess(preview -> show(visit, preview))
        .onFailure(visit::fail);
  }

  private static Preview preview(
      String fileName, long draft, StretchDesk.Checked checked, List<SensorView> sensors) {
    List<PreviewRow> rows =
        checked.fresh().stream()
            .limit(SHOWN_MAX)
            .map(
                one ->
                    new PreviewRow(
                        one.name(),
                        Math.round(one.lines().lengthM()),
                        one.sensors().orElse(List.of()),
                        one.sensors().isPresent()
                            ? List.of()
                            : StretchProposal.of(one.name(), one.lines(), sensors)))
            .toList();
    return new Preview(
        fileName,
        draft,
        rows,
        checked.fresh().size(),
        checked.known(),
        checked.faults().stream().limit(SHOWN_MAX).toList());
  }

  private void show(Visit visit, Preview preview) {
    Pages.send(
        visit,
        pages.page(
            visit,
            "streets.import",
            "streets/import.jte",
            Map.of("preview", Optional.of(preview), "noFile", false)),
        !preview.faults().isEmpty());
  }

  private void take(Visit visit, Form form) {
    long draft = visit.id("draft");
    database
        .transaction(
            connection ->
                preview(
                    "",
                    0,
                    new StretchDesk(connection, visit, clock.instant()).takeKept(draft),
                    List.of()))
        .onSuccess(
            taken -> {
              if (taken.faults().isEmpty()) {
                visit.seeOther(StretchPages.HOME + "?done=imported");
              } else {
                show(visit, taken);
              }
            })
        .onFailure(visit::fail);
  }

  private static String shortened(String name) {
    String plain = name.replaceAll("\\p{Cntrl}", "").strip();
    return plain.length() > FILE_NAME_CHARS_MAX ? plain.substring(0, FILE_NAME_CHARS_MAX) : plain;
  }
}
