package io.floodmark.server;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Caller;
import io.floodmark.api.assets.AssetCursor;
import io.floodmark.api.assets.AssetKinds;
import io.floodmark.api.assets.exchange.AssetExport;
import io.floodmark.api.assets.files.FileFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code asset export}: the register as a list that can be imported again. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the register to FILE, as CSV, GeoJSON or Excel by its ending: .csv, .geojson, .xlsx.",
      "Imported into an empty register, the list gives the same assets. It holds no household data"
          + " and no plate codes."
    })
final class AssetExportCommand extends ConnectionTask {
  /** Who the history and the audit log name. */
  static final Caller COMMAND_LINE =
      new Caller(
          OptionalInt.empty(), "command line", "", Set.of(), Set.of(), Optional.empty(), false);

  @Parameters(paramLabel = "FILE", description = "written anew")
  private Path file;

  @Option(names = "--kind", paramLabel = "CODE", description = "only these, as tree or house")
  private String kind;

  @Override
  void run(Connection connection) throws SQLException {
    FileFormat format = format();
    connection.setAutoCommit(false);
    List<String> codes =
        AssetKinds.load(connection).all().stream().map(known -> known.code()).toList();
    if (kind != null && !codes.contains(kind)) {
      throw new WrongUsage(
          "There is no kind \"%s\". Known are: %s.".formatted(kind, String.join(", ", codes)));
    }
    Optional<String> only = Optional.ofNullable(kind);
    AssetCursor.Filter filter =
        new AssetCursor.Filter(only, List.of(), Optional.empty(), Optional.empty());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      int count = AssetExport.write(connection, filter, format, out);
      AuditLog.add(
          connection,
          surroundings().clock().instant(),
          COMMAND_LINE,
          "asset.export",
          format.extension(),
          Optional.empty(),
          Map.of());
      connection.commit();
      print(count + " assets written to " + file + ".");
    } catch (IOException e) {
      throw new Failure("Cannot write %s: %s.".formatted(file, DataFolder.reason(e)), e);
    }
  }

  private FileFormat format() {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(FileFormat.values())
        .filter(format -> name.endsWith("." + format.extension()))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongUsage(
                    "The name of FILE has to end in .csv, .geojson or .xlsx: " + file + "."));
  }
}
