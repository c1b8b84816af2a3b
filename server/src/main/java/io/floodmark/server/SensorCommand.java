package io.floodmark.server;

import io.floodmark.schema.Database;
import io.floodmark.sensor.SensorCode;
import io.floodmark.server.sensors.SensorListException;
import io.floodmark.server.sensors.SensorRegister;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code sensor ...}: the register of sensors, whether or not the server runs. */
@Command(
    name = "sensor",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Registers sensors, whether or not the server runs.")
final class SensorCommand implements Runnable {
  @Spec private CommandSpec spec;

  private SensorCommand() {}

  static CommandLine of(Surroundings surroundings) {
    CommandLine sensor = new CommandLine(new SensorCommand());
    for (Task task :
        List.of(
            new SensorAddCommand(),
            new SensorImportCommand(),
            new SensorListCommand(),
            new SensorTokenCommand(),
            new SensorRetireCommand())) {
      task.surroundings = surroundings;
      CommandLine command = new CommandLine(task);
      command.registerConverter(SensorCode.class, SensorCommand::code);
      SettingFlags.addTo(
          command.getCommandSpec(), SettingFlags.OF_DATABASE, Setting.DATA_DIR.fallback());
      sensor.addSubcommand(command);
    }
    return sensor;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  private static SensorCode code(String text) {
    if (!SensorCode.isValid(text)) {
      throw new TypeConversionException("it has to be 1 to 32 letters, digits, _ or -");
    }
    return new SensorCode(text);
  }

  /** What the commands below {@code sensor} have in common: a register to work on. */
  abstract static class Task implements Callable<Integer> {
    @Spec private CommandSpec spec;
    private Surroundings surroundings;
    private String place = "";

    /** Works on the register and prints what came of it, line by line. */
    abstract void run(SensorRegister register) throws SQLException;

    @Override
    public final Integer call() {
      ServerConfig config =
          ServerConfig.of(
              SettingFlags.read(spec, surroundings.environment(), Setting.DATA_DIR.fallback()));
      onlyWarnings();
      // Stopped in the middle, it still finishes: a database that it has started must not stay.
      StopSignal.during(
          signal -> {
            try (CommandDatabase reached =
                CommandDatabase.reach(config, signal::isStopping, surroundings.clock())) {
              place = place(config, reached);
              work(reached.database());
            } catch (Stopped e) {
              signal.leavesWorkUndone();
              spec.commandLine().getErr().println("Stopped; nothing was changed.");
            }
          });
      return CommandLine.ExitCode.OK;
    }

    final void print(String line) {
      spec.commandLine().getOut().println(line);
    }

    /** Says where it was registered: beside a demo, that is easily another place than was meant. */
    final void printPlace() {
      print("");
      print("Registered in " + place + ".");
    }

    private static String place(ServerConfig config, CommandDatabase reached) {
      if (config.database().isPresent()) {
        return "the database " + reached.database();
      }
      return reached.isNew()
          ? "%s, which was new; the demo's sensors are in --data-dir %s"
              .formatted(config.dataDir(), DemoCommand.DATA_DIR)
          : config.dataDir().toString();
    }

    private void work(Database database) {
      try (Connection connection = database.connect()) {
        run(new SensorRegister(connection, surroundings.random()));
      } catch (SensorListException e) {
        throw new Failure(e.getMessage() + "\nNothing was changed.", e);
      } catch (SQLException e) {
        throw new Failure("The database refused: " + e.getMessage(), e);
      }
    }

    /** What a command prints is its answer; that a database came up for it is not. */
    private static void onlyWarnings() {
      var logger = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("io.floodmark");
      logger.setLevel(ch.qos.logback.classic.Level.WARN);
    }
  }
}
