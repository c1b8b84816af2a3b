package io.floodmark.server;

import io.floodmark.api.assets.AssetFilter;
import io.floodmark.api.assets.AssetGroups;
import io.floodmark.api.assets.AssetKinds;
import io.floodmark.api.assets.Change;
import io.floodmark.api.plates.PlateBatch;
import io.floodmark.api.plates.PlateFormat;
import io.floodmark.api.plates.PlateLabels;
import io.floodmark.api.plates.PlateList;
import io.floodmark.api.plates.PlateMaking;
import io.floodmark.api.plates.PlatesWanted;
import io.floodmark.api.plates.label.Label;
import io.floodmark.api.plates.label.PlateAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code asset labels}: plates for assets that have none, or a batch again, as PDF. */
@Command(
    name = "labels",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a plate for each asset that is meant and has none, and writes the labels as PDF.",
      "Say which are meant by --kind, --group, --ref, --refs, several of them together, or by --all;"
          + " or print a batch again by --batch. In one go it makes at most 5000. The plates count"
          + " as printed once the file is written."
    })
final class AssetLabelsCommand extends ConnectionTask {
  private static final int NOTE_CHARS_MAX = 200;

  @Option(names = "--out", paramLabel = "FILE.pdf", required = true, description = "the labels")
  private Path out;

  @Option(names = "--force", description = "overwrites FILE.pdf")
  private boolean force;

  @Option(names = "--kind", paramLabel = "CODE", description = "assets of it, as tree or house")
  private String kind;

  @Option(
      names = "--group",
      paramLabel = "CODE",
      description = "assets of that residential group; - for those of none")
  private String group;

  @Option(
      names = "--ref",
      paramLabel = "NUMBER",
      description = "an asset of that number of the ward's; may be repeated")
  private final List<String> refs = new ArrayList<>();

  @Option(names = "--refs", paramLabel = "FILE", description = "such numbers, one a line, in UTF-8")
  private Path refsFile;

  @Option(names = "--all", description = "every asset")
  private boolean all;

  @Option(names = "--batch", paramLabel = "ID", description = "plates that were made together")
  private Long batch;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "l7160 for A4 sheets Avery L7160, plate60 or plate90 for single plates of 60 or 90 mm"
              + " (l7160)")
  private String format;

  @Option(
      names = "--start",
      paramLabel = "PLACE",
      description = "of the first label on its sheet, 1 to 21: uses up a sheet that was begun (1)")
  private int start = 1;

  @Option(names = "--note", paramLabel = "TEXT", description = "what the plates are for")
  private String note;

  private PlateAddress address;
  private Set<String> numbers = Set.of();

  /** What is printed; {@code told} is what came of making it. */
  private record Made(long batchId, PlateFormat format, List<String> told) {}

  @Override
  List<Setting> settings() {
    return Stream.concat(Stream.of(Setting.PUBLIC_URL), super.settings().stream()).toList();
  }

  @Override
  void check(ServerConfig config) {
    try {
      address = PlateAddress.of(config.publicUrl());
    } catch (IllegalArgumentException e) {
      throw new WrongUsage(e.getMessage());
    }
    boolean meant = all || kind != null || group != null || !refs.isEmpty() || refsFile != null;
    if (!meant && batch == null) {
      throw new WrongUsage(
          "Say whose labels: --kind, --group, --ref, --refs or --all, or --batch for plates that"
              + " are made already.");
    }
    if (batch != null && (meant || format != null || note != null)) {
      throw new WrongUsage(
          "A batch is printed as it was made: give --batch, --start and --out, and nothing that"
              + " chooses assets, no --format, no --note.");
    }
    if (note != null && note.length() > NOTE_CHARS_MAX) {
      throw new WrongUsage("The note is too long: write at most " + NOTE_CHARS_MAX + " letters.");
    }
    if (batch == null) {
      checkPlace(wantedFormat());
    }
    numbers = new LinkedHashSet<>(refs);
    if (refsFile != null) {
      numbers.addAll(LabelFiles.refs(refsFile));
    }
    LabelFiles.checkTarget(out, force);
  }

  @Override
  void run(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    Change change =
        new Change(
            AssetExportCommand.COMMAND_LINE,
            surroundings().clock().instant(),
            Optional.empty(),
            Optional.empty());
    Made made = batch == null ? make(connection, change) : found(connection);
    List<Label> labels =
        PlateLabels.ofBatch(connection, AssetExportCommand.COMMAND_LINE, made.batchId());
    if (labels.isEmpty()) {
      throw new Failure(
          "All plates of batch %d are lost, revoked or replaced: there is nothing to print."
              .formatted(made.batchId()));
    }
    byte[] pdf = PlateLabels.pdf(address, made.format(), start, labels);
    int fresh =
        new PlateMaking(connection, surroundings().random()).markPrinted(made.batchId(), change);
    LabelFiles.write(pdf, out, force, connection::commit);
    print(
        "%d labels of batch %d written to %s, %d of them not printed before."
            .formatted(labels.size(), made.batchId(), out, fresh));
    made.told().forEach(this::print);
  }

  private Made make(Connection connection, Change change) throws SQLException {
    PlatesWanted wanted = wanted(connection);
    List<String> unknown = wanted.unknownRefs(connection);
    if (!unknown.isEmpty()) {
      throw new Failure(
          "No asset that is meant has the number %s. Nothing was made."
              .formatted(String.join(", ", unknown)));
    }
    int total = wanted.count(connection);
    PlateMaking making = new PlateMaking(connection, surroundings().random());
    PlateFormat paper = wantedFormat();
    long id =
        making
            .makeFor(wanted, paper, Optional.ofNullable(note), change)
            .orElseThrow(() -> nothingToMake(total));
    int left = wanted.countWithoutPlate(connection);
    int made = new PlateList(connection, change.caller()).batch(id).orElseThrow().plates();
    List<String> told = new ArrayList<>();
    if (total > made + left) {
      told.add("Left out: %d that have a plate already.".formatted(total - made - left));
    }
    if (left > 0) {
      told.add("%d more have no plate: run the command again for the next.".formatted(left));
    }
    return new Made(id, paper, told);
  }

  private static Failure nothingToMake(int total) {
    return new Failure(
        total == 0
            ? "There is no such asset. Nothing was made."
            : "Each of the %d assets has a plate already. Nothing was made; --batch prints one again."
                .formatted(total));
  }

  private Made found(Connection connection) throws SQLException {
    PlateBatch known =
        new PlateList(connection, AssetExportCommand.COMMAND_LINE)
            .batch(batch)
            .orElseThrow(
                () ->
                    new Failure(
                        "There is no batch %d. Batches are listed at /staff/plates."
                            .formatted(batch)));
    checkPlace(known.format());
    return new Made(known.id(), known.format(), List.of());
  }

  private PlatesWanted wanted(Connection connection) throws SQLException {
    if (kind != null && AssetKinds.load(connection).find(kind).isEmpty()) {
      throw new WrongUsage(
          "There is no kind \"%s\". Known are: %s."
              .formatted(
                  kind,
                  AssetKinds.load(connection).all().stream()
                      .map(known -> known.code())
                      .collect(Collectors.joining(", "))));
    }
    AssetFilter filter =
        new AssetFilter(
            Optional.empty(),
            Optional.ofNullable(kind),
            group(connection),
            Optional.empty(),
            Optional.empty(),
            "",
            List.of(),
            false);
    return new PlatesWanted(filter, List.copyOf(numbers));
  }

  private Optional<String> group(Connection connection) throws SQLException {
    if (group == null || group.equals(AssetFilter.NO_GROUP)) {
      return Optional.ofNullable(group);
    }
    AssetGroups groups = AssetGroups.load(connection);
    if (groups.all().stream().noneMatch(known -> known.code().equals(group))) {
      throw new WrongUsage(
          "There is no residential group \"%s\". Known are: %s."
              .formatted(
                  group,
                  groups.all().stream()
                      .map(AssetGroups.Group::code)
                      .collect(Collectors.joining(", "))));
    }
    return Optional.of(group);
  }

  private PlateFormat wantedFormat() {
    if (format == null) {
      return PlateFormat.L7160;
    }
    return PlateFormat.find(format)
        .orElseThrow(
            () ->
                new WrongUsage(
                    "There is no format \"%s\". Known are: %s."
                        .formatted(
                            format,
                            Arrays.stream(PlateFormat.values())
                                .map(PlateFormat::key)
                                .collect(Collectors.joining(", ")))));
  }

  private void checkPlace(PlateFormat paper) {
    int places = paper.paper().labelsPerPage();
    if (start < 1 || start > places) {
      throw new WrongUsage(
          places == 1
              ? "A single plate has a page of its own: leave --start out."
              : "The place of the first label has to be 1 to %d, not %d.".formatted(places, start));
    }
  }
}
