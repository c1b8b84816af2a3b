package io.floodmark.server;

import io.floodmark.api.sensors.register.SensorList;
import io.floodmark.api.sensors.register.SensorListException;
import io.floodmark.api.sensors.register.SensorRegister;
import io.floodmark.api.sensors.register.SensorRow;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sensor import}: a list of sensors, all of it or nothing. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Registers the sensors of a CSV file (RFC 4180, UTF-8, header line), all of them or none.",
      "Columns, in any order: code,name,lon,lat,kind,mount_height_mm,low_point_delta_mm,"
          + "report_interval_s,gateway,zone,street,token. A new sensor needs code, lon, lat and, for"
          + " kind distance, mount_height_mm; a token that is not given is made and printed once.",
      "A sensor that is registered already is changed in what its row says; columns that are"
          + " missing and cells that are empty leave the rest, its token included, as it is."
    })
final class SensorImportCommand extends SensorCommand.Task {
  @Parameters(paramLabel = "FILE.csv", description = "the list")
  private Path file;

  @Override
  void run(SensorRegister register) throws SQLException {
    SensorAnswer.print(register.takeOver(rows()), register.list(), this::print);
    printPlace();
  }

  private List<SensorRow> rows() {
    try {
      return SensorList.read(file);
    } catch (SensorListException e) {
      throw new Failure(
          "%s is no list of sensors:\n%s\nNothing was changed.".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new Failure("Cannot read %s: %s.".formatted(file, DataFolder.reason(e)), e);
    }
  }
}
