package io.floodmark.api.assets.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * GeoJSON (RFC 7946), a FeatureCollection or one Feature. It is read twice: once for the columns,
 * since every feature may bring new ones, and for what may stand behind the features, such as a
 * coordinate system; then for the rows. Only one feature is in memory at a time.
 */
final class GeoJsonFile implements AssetFile {
  private final Path file;
  private final FileLimits limits;
  private final Columns columns;
  private final GeoJsonFeatures features;
  private long rows;

  GeoJsonFile(Path file, FileLimits limits) throws IOException, FileProblemException {
    this.file = file;
    this.limits = limits;
    try (GeoJsonFeatures all = new GeoJsonFeatures(file, limits)) {
      columns = readColumns(all);
    }
    features = new GeoJsonFeatures(file, limits);
  }

  private Columns readColumns(GeoJsonFeatures all) throws IOException, FileProblemException {
    Set<String> names = new LinkedHashSet<>();
    long count = 0;
    for (var feature = next(all); feature.isPresent(); feature = next(all)) {
      names.addAll(feature.get().names());
      Columns.checkCount(names.size(), limits);
      count = RowLimit.next(count, limits);
    }
    return names.isEmpty() ? new Columns(List.of()) : Columns.read(withoutBlankEnd(names), limits);
  }

  /** A property without a name is a fault wherever it stands; in a table's end it would be none. */
  private static List<String> withoutBlankEnd(Set<String> names) {
    List<String> list = new ArrayList<>(names);
    list.sort((a, b) -> Boolean.compare(b.isBlank(), a.isBlank()));
    return names.stream().anyMatch(String::isBlank) ? list : List.copyOf(names);
  }

  private Optional<GeoJsonFeature> next(GeoJsonFeatures from)
      throws IOException, FileProblemException {
    try {
      return from.next();
    } catch (CharacterCodingException e) {
      throw StrictText.wrongEncoding(file);
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      long column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw new FileProblemException(
          ProblemKeys.GEOJSON_SYNTAX,
          Map.of("row", Long.toString(line), "character", Long.toString(column)),
          e);
    }
  }

  @Override
  public FileFormat format() {
    return FileFormat.GEOJSON;
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public List<String> sheets() {
    return List.of();
  }

  @Override
  public Optional<FileRow> next() throws IOException, FileProblemException {
    for (var feature = next(features); feature.isPresent(); feature = next(features)) {
      FileRow row = feature.get().row();
      if (!row.isEmpty()) {
        rows = RowLimit.next(rows, limits);
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    features.close();
  }
}
