package io.floodmark.api.assets.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The header of a table that has its points in two columns.
 *
 * @param columns all, those of the point last
 * @param position the two, if there are any
 */
record TableHeader(Columns columns, Optional<PositionColumns> position) {

  static TableHeader of(Columns columns, Optional<PositionColumns> position) {
    List<String> names = new ArrayList<>(columns.names());
    position.ifPresent(two -> names.addAll(List.of(two.lon(), two.lat())));
    return new TableHeader(new Columns(names), position);
  }

  /** The values in the order of the header. */
  List<Optional<CellValue>> values(Map<String, CellValue> cells, Optional<Position> point) {
    Map<String, CellValue> all = new LinkedHashMap<>(cells);
    if (point.isPresent() && position.isPresent()) {
      all.put(position.get().lon(), CellValue.of(Positions.number(point.get().lon())));
      all.put(position.get().lat(), CellValue.of(Positions.number(point.get().lat())));
    }
    requireKnown(columns, all);
    return columns.names().stream()
        .map(name -> Optional.ofNullable(all.get(name)).filter(value -> !value.text().isEmpty()))
        .toList();
  }

  static void requireKnown(Columns columns, Map<String, CellValue> cells) {
    for (String name : cells.keySet()) {
      if (!columns.names().contains(name)) {
        throw new IllegalArgumentException("The header has no column " + name + ".");
      }
    }
  }
}
