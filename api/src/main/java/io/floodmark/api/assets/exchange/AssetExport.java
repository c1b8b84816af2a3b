package io.floodmark.api.assets.exchange;

import io.floodmark.api.assets.Asset;
import io.floodmark.api.assets.AssetContent;
import io.floodmark.api.assets.AssetCursor;
import io.floodmark.api.assets.AssetField;
import io.floodmark.api.assets.AssetGroups;
import io.floodmark.api.assets.AssetKind;
import io.floodmark.api.assets.AssetKinds;
import io.floodmark.api.assets.AssetValue;
import io.floodmark.api.assets.files.AssetWriter;
import io.floodmark.api.assets.files.CellValue;
import io.floodmark.api.assets.files.Columns;
import io.floodmark.api.assets.files.FileFormat;
import io.floodmark.api.assets.files.Position;
import io.floodmark.api.assets.files.PositionColumns;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The register as a list that, imported into an empty register, gives the same assets: keys of
 * fields as header, lengths in whole millimetres, choices and groups by their codes. Never
 * household data, plate codes, photos or histories.
 */
public final class AssetExport {
  private static final PositionColumns POSITION = new PositionColumns("lon", "lat");

  /** Those of {@link AssetKind#COMMON} that are texts, in order; the position stands apart. */
  private static final List<String> TEXTS =
      List.of("ref", "name", "number", "street", "place", "group", "state");

  private AssetExport() {}

  /**
   * Writes what {@code filter} takes to {@code out}, which stays open. Must run in a transaction.
   *
   * @return how many
   */
  public static int write(
      Connection connection, AssetCursor.Filter filter, FileFormat format, OutputStream out)
      throws SQLException, IOException {
    AssetKinds kinds = AssetKinds.load(connection);
    AssetGroups groups = AssetGroups.load(connection);
    int[] count = {0};
    try (AssetWriter writer =
        AssetWriter.open(format, out, columns(kinds, filter.kind()), Optional.of(POSITION))) {
      AssetCursor.each(
          connection,
          filter,
          asset -> {
            count[0]++;
            writer.row(
                cells(asset, kinds.get(asset.kind()), groups),
                Optional.of(new Position(asset.content().lon(), asset.content().lat())));
          });
    }
    return count[0];
  }

  private static Columns columns(AssetKinds kinds, Optional<String> kind) {
    Set<String> names = new LinkedHashSet<>();
    names.add(Target.KIND);
    names.addAll(TEXTS);
    kinds.all().stream()
        .filter(k -> kind.isEmpty() || kind.get().equals(k.code()))
        .flatMap(k -> k.fields().stream())
        .forEach(field -> names.add(field.key()));
    names.add(Target.SOURCE);
    return new Columns(List.copyOf(names));
  }

  private static Map<String, CellValue> cells(Asset asset, AssetKind kind, AssetGroups groups) {
    AssetContent content = asset.content();
    Map<String, CellValue> cells = new LinkedHashMap<>();
    cells.put(Target.KIND, CellValue.of(content.kind()));
    text(cells, "ref", content.ref());
    text(cells, "name", content.name());
    text(cells, "number", content.number());
    text(cells, "street", content.street());
    text(cells, "place", content.place());
    text(cells, "group", groups.of(content.groupId()).map(AssetGroups.Group::code));
    cells.put("state", CellValue.of(content.state().key()));
    // What a kind has no field for any more is kept in the register, but no list could bring it.
    for (AssetField field : kind.fields()) {
      content.detail(field.key()).ifPresent(value -> cells.put(field.key(), cell(value)));
    }
    text(cells, Target.SOURCE, content.source());
    return cells;
  }

  private static void text(Map<String, CellValue> cells, String column, Optional<String> text) {
    text.ifPresent(written -> cells.put(column, CellValue.of(written)));
  }

  private static CellValue cell(AssetValue value) {
    return value instanceof AssetValue.Whole whole
        ? CellValue.of(whole.number())
        : CellValue.of(value.plain());
  }
}
