package io.floodmark.server;

import io.floodmark.api.assets.AssetKind;
import io.floodmark.api.assets.AssetKinds;
import io.floodmark.api.assets.Change;
import io.floodmark.api.assets.exchange.ColumnMapping;
import io.floodmark.api.assets.exchange.CommandImport;
import io.floodmark.api.assets.exchange.HeaderGuess;
import io.floodmark.api.assets.exchange.ImportCounts;
import io.floodmark.api.assets.exchange.ImportPlan;
import io.floodmark.api.assets.exchange.ImportStopped;
import io.floodmark.api.assets.exchange.Target;
import io.floodmark.api.assets.files.AssetFile;
import io.floodmark.api.assets.files.Columns;
import io.floodmark.api.assets.files.FileFormat;
import io.floodmark.api.assets.files.FileLimits;
import io.floodmark.api.assets.files.FileProblemException;
import io.floodmark.api.assets.files.FileTexts;
import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asset import}: a list of assets, all of it or nothing. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Imports a list of assets (CSV, GeoJSON or Excel), all rows or none.",
      "What the columns mean is guessed from the header, in Vietnamese or English, and printed."
          + " Only a position and a kind are needed; what else is missing counts as incomplete."
    })
final class AssetImportCommand extends ConnectionTask {
  private static final Texts TEXTS = Texts.load(Language.EN, "assets", "files", "exchange");

  @Parameters(paramLabel = "FILE", description = "the list")
  private Path file;

  @Option(
      names = "--kind",
      paramLabel = "CODE",
      description = "of all rows, as tree or house; without it a column of the list says it")
  private String kind;

  @Option(
      names = "--map",
      paramLabel = "COLUMN=FIELD",
      description =
          "where a column goes, as \"DBH=trunkDiameterMm:cm\"; nothing behind = leaves it out")
  private final Map<String, String> map = new LinkedHashMap<>();

  @Option(
      names = "--absent",
      paramLabel = "TEXT",
      description = "counts as an empty cell, as None; may be given several times")
  private final Set<String> absent = new java.util.TreeSet<>();

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description = "for rows whose own cell is empty, as decreeCategory=shade")
  private final Map<String, String> constants = new LinkedHashMap<>();

  @Option(names = "--sheet", paramLabel = "NAME", description = "of a workbook; its first else")
  private String sheet;

  @Option(names = "--dry-run", description = "only checks")
  private boolean dryRun;

  @Option(names = "--update", description = "rows whose number is registered change that asset")
  private boolean update;

  @Override
  void run(Connection connection) throws SQLException {
    AssetKinds kinds = AssetKinds.load(connection);
    List<AssetKind> meant = kinds(kinds);
    try {
      ColumnMapping mapping = mapping(meant);
      String name = file.getFileName().toString();
      ImportPlan plan =
          new ImportPlan(Optional.ofNullable(kind), mapping, AssetExportCommand.COMMAND_LINE, name);
      Change change =
          new Change(
              AssetExportCommand.COMMAND_LINE,
              surroundings().clock().instant(),
              Optional.empty(),
              Optional.of(name));
      ImportCounts counts =
          CommandImport.run(
              connection,
              plan,
              this::open,
              dryRun,
              change,
              problem -> print(problem.line(TEXTS)),
              rows -> {});
      tell(counts);
    } catch (FileProblemException e) {
      throw new Failure("%s\nNothing was changed.".formatted(FileTexts.english().sentence(e)), e);
    } catch (ImportStopped e) {
      throw new Failure("%s\nNothing was changed.".formatted(e.reason().line(TEXTS)), e);
    } catch (IOException e) {
      throw new Failure("Cannot read %s: %s.".formatted(file, DataFolder.reason(e)), e);
    }
  }

  private void tell(ImportCounts counts) {
    if (counts.bad() > 0) {
      throw new Failure(
          "%d of %d rows cannot be imported. Nothing was changed."
              .formatted(counts.bad(), counts.rows()));
    }
    String sorts =
        "%d new, %d about registered assets, %d with a warning"
            .formatted(counts.added(), counts.changed(), counts.warned());
    print(
        dryRun
            ? "%d rows can be imported: %s. Nothing was changed.".formatted(counts.rows(), sorts)
            : "%d rows imported: %s.".formatted(counts.rows(), sorts));
    if (!dryRun) {
      printPlace();
    }
  }

  private AssetFile open() throws IOException, FileProblemException {
    return AssetFile.open(file, Optional.ofNullable(sheet), FileLimits.DEFAULT);
  }

  private List<AssetKind> kinds(AssetKinds kinds) {
    if (kind == null) {
      return kinds.all();
    }
    return List.of(
        kinds
            .find(kind)
            .orElseThrow(
                () ->
                    new WrongUsage(
                        "There is no kind \"%s\". Known are: %s."
                            .formatted(
                                kind,
                                String.join(
                                    ", ", kinds.all().stream().map(AssetKind::code).toList())))));
  }

  private ColumnMapping mapping(List<AssetKind> kinds) throws IOException, FileProblemException {
    Columns header;
    FileFormat format;
    try (AssetFile list = open()) {
      header = list.columns();
      format = list.format();
    }
    Map<String, Target> columns = new LinkedHashMap<>(HeaderGuess.of(header, kinds));
    for (Map.Entry<String, String> told : map.entrySet()) {
      if (!header.names().contains(told.getKey())) {
        throw new WrongUsage(
            "The list has no column \"%s\". It has: %s."
                .formatted(told.getKey(), String.join(", ", header.names())));
      }
      columns.remove(told.getKey());
      if (!told.getValue().isBlank()) {
        Target target =
            Target.parse(told.getValue())
                .orElseThrow(
                    () ->
                        new WrongUsage(
                            "\"%s\" is no field: write it as street or trunkDiameterMm:cm."
                                .formatted(told.getValue())));
        // Whoever says where one column goes takes the field from the guess.
        columns.values().removeIf(guess -> guess.field().equals(target.field()));
        columns.put(told.getKey(), target);
      }
    }
    ColumnMapping mapping =
        new ColumnMapping(columns, constants, absent, update, Optional.ofNullable(sheet));
    check(mapping, format);
    columns.forEach((name, target) -> print(name + " -> " + target.written()));
    List<String> left = mapping.notImported(header);
    if (!left.isEmpty()) {
      print("Not imported: " + String.join(", ", left));
    }
    return mapping;
  }

  private void check(ColumnMapping mapping, FileFormat format) {
    boolean two = mapping.columnOf("lon").isPresent() && mapping.columnOf("lat").isPresent();
    if (!two && mapping.columnOf(Target.POINT).isEmpty() && format != FileFormat.GEOJSON) {
      throw new WrongUsage(
          "No column says where the assets are: give --map COLUMN=lon --map COLUMN=lat, or --map"
              + " COLUMN=point.");
    }
    if (kind == null && mapping.columnOf(Target.KIND).isEmpty()) {
      throw new WrongUsage("No column says what the assets are: give --kind.");
    }
  }
}
