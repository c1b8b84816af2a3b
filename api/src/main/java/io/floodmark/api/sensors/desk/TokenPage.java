package io.floodmark.api.sensors.desk;

import io.floodmark.api.http.Representation;
import io.floodmark.api.routes.Visit;
import io.floodmark.api.sensors.SensorRows;
import io.floodmark.api.sensors.SensorView;
import io.floodmark.api.sensors.register.SensorToken;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** The one page that shows a token: what to type into the device. */
final class TokenPage {
  private TokenPage() {}

  static Representation of(
      SensorDesk desk, Visit visit, Connection connection, String code, Optional<SensorToken> token)
      throws SQLException {
    SensorView sensor = SensorRows.ofCode(connection, code).orElseThrow();
    return desk.page(
        visit,
        "sensors.handed",
        "token.jte",
        Map.of(
            "sensor",
            sensor,
            "token",
            token.orElseThrow().value(),
            "setup",
            desk.setup(visit),
            "words",
            desk.words(visit)));
  }
}
