package io.floodmark.api.assets.exchange;

import io.floodmark.api.assets.AssetCheck;
import io.floodmark.api.assets.AssetContent;
import io.floodmark.api.assets.AssetDraft;
import io.floodmark.api.assets.AssetField;
import io.floodmark.api.assets.AssetGroups;
import io.floodmark.api.assets.AssetKind;
import io.floodmark.api.assets.AssetKinds;
import io.floodmark.api.assets.AssetState;
import io.floodmark.api.assets.FieldProblem;
import io.floodmark.api.assets.PlainText;
import io.floodmark.api.assets.files.AbsentText;
import io.floodmark.api.assets.files.FileRow;
import io.floodmark.api.assets.files.Position;
import io.floodmark.api.assets.files.PositionColumns;
import io.floodmark.api.assets.files.PositionReading;
import io.floodmark.api.assets.files.Positions;
import io.floodmark.api.assets.files.RowProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads rows of a list as assets, by a mapping. Needs no database; one thread at a time.
 *
 * <p>Required is only what the register cannot do without: a position and a kind. A row without a
 * field that makes an asset complete is imported and counts as incomplete.
 */
final class RowReader {
  private static final Map<String, AssetState> STATES =
      Map.of(
          "du kien", AssetState.PLANNED,
          "sap trong", AssetState.PLANNED,
          "dang dung", AssetState.IN_USE,
          "dang su dung", AssetState.IN_USE,
          "in use", AssetState.IN_USE,
          "da bo", AssetState.REMOVED,
          "khong con", AssetState.REMOVED);

  private final ImportPlan plan;
  private final AssetKinds kinds;
  private final AssetGroups groups;
  private final AbsentText absent;
  private final Optional<PositionColumns> twoColumns;
  private final Map<String, AssetCheck> checks = new HashMap<>();
  private final Map<String, String> columnOf = new HashMap<>();

  RowReader(ImportPlan plan, AssetKinds kinds, AssetGroups groups) {
    this.plan = plan;
    this.kinds = kinds;
    this.groups = groups;
    this.absent = AbsentText.of(plan.mapping().absent());
    plan.mapping().columns().forEach((name, target) -> columnOf.put(target.field(), name));
    this.twoColumns =
        columnOf.containsKey("lon") && columnOf.containsKey("lat")
            ? Optional.of(new PositionColumns(columnOf.get("lon"), columnOf.get("lat")))
            : Optional.empty();
  }

  /** What a row says. */
  ImportRow read(FileRow row) {
    List<ImportProblem> problems = new ArrayList<>();
    row.problems().forEach(problem -> problems.add(ImportProblem.of(problem)));
    Map<String, String> texts = texts(row);
    Optional<AssetKind> kind = kind(row, texts, problems);
    String source = texts.getOrDefault(Target.SOURCE, plan.listName());
    texts.remove(Target.KIND);
    texts.remove(Target.SOURCE);
    position(row, texts, problems);
    if (kind.isEmpty()) {
      return new ImportRow(row.number(), Optional.empty(), texts.keySet(), problems);
    }
    Optional<AssetContent> content = checked(kind.get(), row, texts, problems);
    boolean good = problems.isEmpty();
    return new ImportRow(
        row.number(), content.filter(c -> good).map(c -> c.from(source)), texts.keySet(), problems);
  }

  private Optional<AssetContent> checked(
      AssetKind kind, FileRow row, Map<String, String> texts, List<ImportProblem> problems) {
    AssetCheck.Result result =
        checks
            .computeIfAbsent(kind.code(), code -> new AssetCheck(kind, groups))
            .check(new AssetDraft(texts, Optional.empty()));
    for (FieldProblem problem : result.problems()) {
      // Of the position, what the file says about it is better than what the check can say.
      if (!isPosition(problem.field())) {
        problems.add(problem(row, kind, problem, texts));
      }
    }
    result
        .content()
        .filter(content -> !plan.caller().covers(content.groupId()))
        .ifPresent(
            content ->
                problems.add(
                    new ImportProblem(
                        row.number(),
                        Optional.ofNullable(columnOf.get("group")),
                        texts.getOrDefault("group", ""),
                        "assets.problem.notOwnGroup",
                        Map.of(),
                        false)));
    return result.content();
  }

  private ImportProblem problem(
      FileRow row, AssetKind kind, FieldProblem problem, Map<String, String> texts) {
    Optional<String> column = Optional.ofNullable(columnOf.get(problem.field()));
    String cell = column.flatMap(row::cell).orElse(texts.getOrDefault(problem.field(), ""));
    Map<String, String> values = new LinkedHashMap<>(problem.values());
    // The sentence names the unit in which this file has its lengths.
    column
        .map(name -> plan.mapping().columns().get(name))
        .flatMap(Target::unit)
        .filter(unit -> values.containsKey("unit"))
        .ifPresent(unit -> values.put("unit", unit.sign()));
    // A value that stands in no column is a constant: its field is named instead.
    Optional<String> where = column.or(() -> kind.field(problem.field()).map(AssetField::vi));
    return new ImportProblem(row.number(), where, cell, problem.key(), values, false);
  }

  private static boolean isPosition(String field) {
    return field.equals("lon") || field.equals("lat");
  }

  private Map<String, String> texts(FileRow row) {
    Map<String, String> texts = new LinkedHashMap<>(plan.mapping().constants());
    row.cells()
        .forEach(
            (column, cell) -> {
              Target target = plan.mapping().columns().get(column);
              if (target != null && !absent.matches(cell)) {
                texts.put(target.field(), inUnit(cell.strip(), target));
              }
            });
    if (!columnOf.containsKey("ref")) {
      row.id().ifPresent(id -> texts.put("ref", id));
    }
    String state = texts.get("state");
    if (state != null && STATES.containsKey(PlainText.of(state))) {
      texts.put("state", STATES.get(PlainText.of(state)).key());
    }
    return texts;
  }

  /** A unit in the cell itself counts more than that of its column. */
  private static String inUnit(String cell, Target target) {
    return target.unit().isPresent() && Character.isDigit(cell.charAt(cell.length() - 1))
        ? cell + target.unit().get().sign()
        : cell;
  }

  private Optional<AssetKind> kind(
      FileRow row, Map<String, String> texts, List<ImportProblem> problems) {
    String said = texts.getOrDefault(Target.KIND, plan.kind().orElse(""));
    String folded = PlainText.of(said);
    Optional<AssetKind> kind =
        kinds.all().stream()
            .filter(
                k ->
                    k.code().equals(said)
                        || PlainText.of(k.vi()).equals(folded)
                        || PlainText.of(k.en()).equals(folded))
            .findFirst();
    Optional<String> column = Optional.ofNullable(columnOf.get(Target.KIND));
    if (kind.isEmpty()) {
      problems.add(
          new ImportProblem(
              row.number(),
              column,
              said,
              said.isEmpty() ? "exchange.problem.noKind" : "assets.problem.noKind",
              Map.of("kind", said),
              false));
    } else if (plan.kind().isPresent() && !plan.kind().get().equals(kind.get().code())) {
      problems.add(
          new ImportProblem(
              row.number(),
              column,
              said,
              "exchange.problem.otherKind",
              Map.of("kind", plan.kind().get()),
              false));
    }
    return kind;
  }

  /** Puts the point into {@code texts} as longitude and latitude. */
  private void position(FileRow row, Map<String, String> texts, List<ImportProblem> problems) {
    Optional<String> column = Optional.ofNullable(columnOf.get(Target.POINT));
    Optional<Position> point = row.position();
    texts.remove(Target.POINT);
    texts.remove("lon");
    texts.remove("lat");
    if (point.isEmpty()) {
      PositionReading reading =
          column.isPresent()
              ? Positions.read(present(row, column.get()))
              : twoColumns
                  .map(two -> Positions.read(present(row, two.lon()), present(row, two.lat())))
                  .orElseGet(() -> Positions.read(""));
      Optional<String> at = column.or(() -> Optional.ofNullable(columnOf.get("lon")));
      Optional<RowProblem> fault = reading.problem(row.number(), at);
      fault.ifPresent(problem -> problems.add(ImportProblem.of(problem)));
      if (fault.isEmpty() && reading.position().isEmpty() && row.problems().isEmpty()) {
        problems.add(
            new ImportProblem(
                row.number(), at, "", "exchange.problem.noPosition", Map.of(), false));
      }
      point = reading.position();
    }
    // Where there is none, one in the sea lets the other fields be checked all the same.
    texts.put("lon", point.map(p -> Positions.degrees(p.lon())).orElse("0"));
    texts.put("lat", point.map(p -> Positions.degrees(p.lat())).orElse("0"));
  }

  private String present(FileRow row, String column) {
    return row.cell(column).filter(cell -> !absent.matches(cell)).orElse("");
  }
}
