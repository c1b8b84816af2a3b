package io.floodmark.server;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code asset ...}: the register of houses and trees, whether or not the server runs. */
@Command(
    name = "asset",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Imports and exports houses, trees and other assets, and prints labels for them.")
final class AssetCommand implements Runnable {
  @Spec private CommandSpec spec;

  private AssetCommand() {}

  static CommandLine of(Surroundings surroundings) {
    CommandLine asset = new CommandLine(new AssetCommand());
    for (DatabaseTask task :
        List.of(new AssetImportCommand(), new AssetExportCommand(), new AssetLabelsCommand())) {
      asset.addSubcommand(task.in(surroundings));
    }
    return asset;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }
}
