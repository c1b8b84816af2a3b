package io.floodmark.server;

import io.floodmark.schema.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that works on the database and ends, whether or not the server runs. Most need no more
 * of it than {@link ConnectionTask} gives them.
 */
abstract class DatabaseTask implements Callable<Integer> {
  @Spec private CommandSpec spec;
  private Surroundings surroundings;
  private String place = "";
  private boolean placeIsNew;

  /** This command, ready to be added to a line, with the flags that say which database. */
  final CommandLine in(Surroundings here) {
    surroundings = here;
    CommandLine command = new CommandLine(this);
    SettingFlags.addTo(command.getCommandSpec(), settings(), Setting.DATA_DIR.fallback());
    return command;
  }

  /** The settings that are flags of this command. */
  List<Setting> settings() {
    return SettingFlags.OF_DATABASE;
  }

  /** Refuses what can be judged before there is a database, which may have to be started. */
  void check(ServerConfig config) {}

  /** Whether there is anything left to be done with a database. */
  boolean needsDatabase() {
    return true;
  }

  /** Gets to the database; with the schema of this program, unless a command wants it as it is. */
  CommandDatabase reach(ServerConfig config, BooleanSupplier stopping) {
    return CommandDatabase.reach(config, stopping, surroundings.clock());
  }

  /**
   * Works on the database and prints what came of it, line by line.
   *
   * @param stopping whether to give up, for what takes long
   */
  abstract void work(Database database, BooleanSupplier stopping) throws SQLException;

  @Override
  public final Integer call() {
    ServerConfig config =
        ServerConfig.of(
            SettingFlags.read(spec, surroundings.environment(), Setting.DATA_DIR.fallback()));
    check(config);
    if (!needsDatabase()) {
      return CommandLine.ExitCode.OK;
    }
    onlyWarnings();
    // Stopped in the middle, it still finishes: a database that it has started must not stay.
    StopSignal.during(
        signal -> {
          try (CommandDatabase reached = reach(config, signal::isStopping)) {
            place = place(config, reached);
            placeIsNew = reached.isNew();
            work(reached.database(), signal::isStopping);
          } catch (SQLException e) {
            throw new Failure("The database refused: " + e.getMessage(), e);
          } catch (Stopped e) {
            signal.leavesWorkUndone();
            spec.commandLine().getErr().println("Stopped; nothing was changed.");
          }
        });
    return CommandLine.ExitCode.OK;
  }

  final Surroundings surroundings() {
    return surroundings;
  }

  final void print(String line) {
    spec.commandLine().getOut().println(line);
  }

  /** Says where it was registered: beside a demo, that is easily another place than was meant. */
  final void printPlace() {
    print("");
    print(
        "Registered in %s%s."
            .formatted(
                place,
                placeIsNew
                    ? ", which was new; the demo's sensors are in --data-dir "
                        + DemoCommand.DATA_DIR
                    : ""));
  }

  /** Which database it was. */
  final String place() {
    return place;
  }

  private static String place(ServerConfig config, CommandDatabase reached) {
    if (config.database().isPresent()) {
      return "the database " + reached.database();
    }
    return config.dataDir().toString();
  }

  /** What a command prints is its answer; that a database came up for it is not. */
  private static void onlyWarnings() {
    var logger = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("io.floodmark");
    logger.setLevel(ch.qos.logback.classic.Level.WARN);
  }
}
