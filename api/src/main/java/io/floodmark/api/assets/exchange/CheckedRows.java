package io.floodmark.api.assets.exchange;

import io.floodmark.api.assets.Asset;
import io.floodmark.api.assets.AssetContent;
import io.floodmark.api.assets.AssetGroups;
import io.floodmark.api.assets.AssetKinds;
import io.floodmark.api.assets.AssetValue;
import io.floodmark.api.assets.files.AssetFile;
import io.floodmark.api.assets.files.Bounds;
import io.floodmark.api.assets.files.FileProblemException;
import io.floodmark.api.assets.files.FileRow;
import io.floodmark.api.assets.files.LikelySwapped;
import io.floodmark.api.assets.files.Position;
import io.floodmark.api.assets.files.Positions;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a list, each checked by itself, against the rows before it and against the register.
 * A thousand are in memory at a time, and the numbers and places of all. For one thread.
 */
final class CheckedRows {
  private static final int BATCH_ROWS = 1_000;

  private final AssetFile file;
  private final ImportPlan plan;
  private final RowReader reader;
  private final RegisterLookup register;
  private final boolean warns;
  private final Optional<Bounds> area;
  private final Map<String, Long> rowOfRef = new HashMap<>();
  private final Map<String, Long> rowOfPlace = new HashMap<>();

  /**
   * Rows of {@code file}, which the caller closes.
   *
   * @param warns whether to look for what is only doubtful, too; nobody reads that while writing
   */
  CheckedRows(AssetFile file, ImportPlan plan, Connection connection, boolean warns)
      throws SQLException {
    this.file = file;
    this.plan = plan;
    this.reader = new RowReader(plan, AssetKinds.load(connection), AssetGroups.load(connection));
    this.register = new RegisterLookup(connection);
    this.warns = warns;
    this.area = warns ? register.area() : Optional.empty();
  }

  /**
   * The next thousand.
   *
   * @return empty at the end of the file
   * @throws FileProblemException when the rest of the file cannot be read
   */
  List<ImportRow> next() throws IOException, FileProblemException, SQLException {
    List<ImportRow> rows = new ArrayList<>(BATCH_ROWS);
    while (rows.size() < BATCH_ROWS) {
      Optional<FileRow> row = file.next();
      if (row.isEmpty()) {
        break;
      }
      rows.add(againstTheFile(reader.read(row.get())));
    }
    return againstTheRegister(rows);
  }

  private ImportRow againstTheFile(ImportRow row) {
    if (row.content().isEmpty()) {
      return row;
    }
    AssetContent content = row.content().get();
    ImportRow checked = place(row, content);
    if (content.ref().isPresent()) {
      String ref = content.ref().get();
      Long earlier = rowOfRef.putIfAbsent(RegisterLookup.key(content.kind(), ref), row.number());
      if (earlier != null) {
        checked =
            checked.with(problem(row, "ref", ref, "sameRef", Map.of("other", "" + earlier), false));
      }
    }
    Long earlier = rowOfPlace.putIfAbsent(placeKey(content), row.number());
    return earlier == null
        ? checked
        : checked.with(
            problem(
                row,
                pointField(),
                point(content),
                "samePlace",
                Map.of("other", "" + earlier),
                true));
  }

  private ImportRow place(ImportRow row, AssetContent content) {
    if (area.isEmpty() || area.get().contains(content.lon(), content.lat())) {
      return row;
    }
    boolean swapped =
        new LikelySwapped(area.get()).test(new Position(content.lon(), content.lat()));
    return row.with(
        problem(
            row, pointField(), point(content), swapped ? "swapped" : "outside", Map.of(), true));
  }

  private static String placeKey(AssetContent content) {
    return content.kind()
        + ' '
        + content.lon()
        + ' '
        + content.lat()
        + ' '
        + content.detail("species").map(AssetValue::plain).orElse("")
        + ' '
        + content.number().orElse("");
  }

  private static String point(AssetContent content) {
    return Positions.degrees(content.lon()) + "; " + Positions.degrees(content.lat());
  }

  private String pointField() {
    return plan.mapping().columnOf(Target.POINT).isPresent() ? Target.POINT : "lon";
  }

  private ImportProblem problem(
      ImportRow row,
      String field,
      String cell,
      String key,
      Map<String, String> values,
      boolean warning) {
    return new ImportProblem(
        row.number(),
        plan.mapping().columnOf(field),
        cell,
        "exchange.problem." + key,
        values,
        warning);
  }

  private List<ImportRow> againstTheRegister(List<ImportRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return rows;
    }
    Map<String, Asset> registered = register.byRef(rows);
    List<ImportRow> checked = new ArrayList<>(rows.size());
    for (ImportRow row : rows) {
      Optional<Asset> existing =
          row.content()
              .filter(content -> content.ref().isPresent())
              .map(content -> registered.get(RegisterLookup.key(content.kind(), ref(content))));
      checked.add(existing.isPresent() ? known(row, existing.get()) : row);
    }
    return warns ? neighbours(checked) : checked;
  }

  private static String ref(AssetContent content) {
    return content.ref().orElseThrow();
  }

  private ImportRow known(ImportRow row, Asset asset) {
    AssetContent said = row.content().orElseThrow();
    if (!plan.mapping().update()) {
      return row.with(problem(row, "ref", ref(said), "registered", Map.of(), false));
    }
    if (!plan.caller().covers(asset.groupId())) {
      return row.with(problem(row, "ref", ref(said), "notYours", Map.of(), false));
    }
    return row.changing(asset, merged(asset.content(), said, row));
  }

  /** What the row says nothing about stays as it is registered. */
  private static AssetContent merged(AssetContent before, AssetContent said, ImportRow row) {
    Map<String, AssetValue> details = new LinkedHashMap<>(before.details());
    details.putAll(said.details());
    return new AssetContent(
        before.kind(),
        before.ref(),
        said.name().or(before::name),
        said.lon(),
        said.lat(),
        said.number().or(before::number),
        said.street().or(before::street),
        said.place().or(before::place),
        said.groupId().isPresent() ? said.groupId() : before.groupId(),
        row.given().contains("state") ? said.state() : before.state(),
        details,
        before.replacesId(),
        before.source());
  }

  /** Without numbers, the same list imported twice would double the register in silence. */
  private List<ImportRow> neighbours(List<ImportRow> rows) throws SQLException {
    List<Integer> fresh = new ArrayList<>();
    List<AssetContent> contents = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).content().isPresent() && rows.get(i).existing().isEmpty()) {
        fresh.add(i);
        contents.add(rows.get(i).content().get());
      }
    }
    Map<Integer, List<RegisterLookup.Neighbour>> found = register.atSamePlaces(contents);
    List<ImportRow> checked = new ArrayList<>(rows);
    found.forEach(
        (index, neighbours) -> {
          AssetContent content = contents.get(index);
          String species = content.detail("species").map(AssetValue::plain).orElse("");
          neighbours.stream()
              .filter(neighbour -> neighbour.species().equals(species))
              .findFirst()
              .ifPresent(
                  neighbour -> {
                    ImportRow row = rows.get(fresh.get(index));
                    String ref = neighbour.ref().isEmpty() ? "–" : neighbour.ref();
                    checked.set(
                        fresh.get(index),
                        row.with(
                            problem(
                                row,
                                pointField(),
                                point(content),
                                "neighbour",
                                Map.of("ref", ref),
                                true)));
                  });
        });
    return checked;
  }
}
