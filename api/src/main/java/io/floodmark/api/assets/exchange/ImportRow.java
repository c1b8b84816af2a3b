package io.floodmark.api.assets.exchange;

import io.floodmark.api.assets.Asset;
import io.floodmark.api.assets.AssetContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row of a list as it would be imported.
 *
 * @param number as the file's user sees it
 * @param content what would be written; empty if a problem forbids it
 * @param given keys of the fields that the row says something about
 * @param problems what is wrong or doubtful
 * @param existing the registered asset that the row changes; empty for a new one
 */
record ImportRow(
    long number,
    Optional<AssetContent> content,
    Set<String> given,
    List<ImportProblem> problems,
    Optional<Asset> existing) {
  ImportRow {
    given = Set.copyOf(given);
    problems = List.copyOf(problems);
  }

  ImportRow(
      long number,
      Optional<AssetContent> content,
      Set<String> given,
      List<ImportProblem> problems) {
    this(number, content, given, problems, Optional.empty());
  }

  /** Whether it cannot be imported. */
  boolean isBad() {
    return problems.stream().anyMatch(problem -> !problem.warning());
  }

  ImportRow with(ImportProblem problem) {
    List<ImportProblem> all = new ArrayList<>(problems);
    all.add(problem);
    return new ImportRow(
        number, problem.warning() ? content : Optional.empty(), given, all, existing);
  }

  ImportRow changing(Asset asset, AssetContent after) {
    return new ImportRow(number, Optional.of(after), given, problems, Optional.of(asset));
  }
}
