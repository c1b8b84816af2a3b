package io.floodmark.server;

import io.floodmark.api.sensors.register.SensorRegister;
import io.floodmark.sensor.SensorCode;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sensor token}: a new password for one sensor. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Gives a sensor a new token and prints it, once; the old one ends with it.")
final class SensorTokenCommand extends SensorCommand.Task {
  @Parameters(paramLabel = "CODE", description = "the sensor")
  private SensorCode code;

  @Override
  void run(SensorRegister register) throws SQLException {
    print(
        register
            .replaceToken(code)
            .orElseThrow(() -> new Failure("No sensor " + code + " is in service."))
            .value());
  }
}
