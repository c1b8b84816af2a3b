package io.floodmark.server;

import io.floodmark.api.sensors.register.SensorRegister;
import io.floodmark.sensor.SensorCode;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sensor retire}: the end of one sensor's service. */
@Command(
    name = "retire",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a sensor out of service for good; its readings and alerts stay.",
      "An alert of it that is still open is cleared, by now's time: nothing would ever lower it.",
      "Its code is not used again, so that they always tell of one and the same sensor."
    })
final class SensorRetireCommand extends SensorCommand.Task {
  @Parameters(paramLabel = "CODE", description = "the sensor")
  private SensorCode code;

  @Override
  void run(SensorRegister register) throws SQLException {
    if (!register.retire(code)) {
      throw new Failure("No sensor " + code + " is in service.");
    }
    print(code + " is retired.");
  }
}
