package io.floodmark.server;

import io.floodmark.api.sensors.register.SensorChange;
import io.floodmark.api.sensors.register.SensorListException;
import io.floodmark.api.sensors.register.SensorRegister;
import io.floodmark.sensor.SensorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
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
      CommandLine command = task.in(surroundings);
      command.registerConverter(SensorCode.class, SensorCommand::code);
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
  abstract static class Task extends ConnectionTask {
    /** Works on the register and prints what came of it, line by line. */
    abstract void run(SensorRegister register) throws SQLException;

    @Override
    final void run(Connection connection) throws SQLException {
      try {
        SensorChange.Author author =
            new SensorChange.Author(
                AssetExportCommand.COMMAND_LINE,
                Optional.empty(),
                surroundings().clock().instant());
        run(new SensorRegister(connection, surroundings().random(), Optional.of(author)));
      } catch (SensorListException e) {
        throw new Failure(e.getMessage() + "\nNothing was changed.", e);
      }
    }
  }
}
