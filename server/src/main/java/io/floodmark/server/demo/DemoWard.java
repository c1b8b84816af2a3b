package io.floodmark.server.demo;

import io.floodmark.api.sensors.register.RegisteredSensor;
import io.floodmark.api.sensors.register.SensorList;
import io.floodmark.api.sensors.register.SensorRegister;
import io.floodmark.api.sensors.register.SensorRow;
import io.floodmark.api.sensors.register.SensorToken;
import io.floodmark.sensor.SensorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Made-up sensors at plausible spots of Mỹ Hào: mixed mount heights and low points, so that in one
 * storm all levels from 0 to 4 are seen. Their tokens are new at every start and nowhere written.
 *
 * @param sensors what is registered, tokens included, in the order in which the streets flood
 */
public record DemoWard(List<Sensor> sensors) {
  /** The sensor that the simulated fleet leaves to whoever wants to send a reading. */
  public static final String FREE_CODE = "thu-01";

  /** Always the same houses and trees. */
  private static final long SEED = 12103;

  /** Ten minutes are long for somebody who watches. */
  private static final int CLEAR_DELAY_S = 60;

  /**
   * One of them.
   *
   * @param row what is registered of it
   * @param token its password until the next start
   */
  public record Sensor(SensorRow row, SensorToken token) {
    /** The code it signs in with. */
    public String code() {
      return row.cells().get("code");
    }

    /** Without the token. */
    @Override
    public String toString() {
      return code();
    }
  }

  /** A ward with a copy of that list. */
  public DemoWard {
    sensors = List.copyOf(sensors);
  }

  /**
   * Registers the ward, or gives one that is there new tokens. Retired sensors stay retired;
   * houses, trees and stretches of streets come with the first start, and stay as people changed
   * them.
   */
  public static DemoWard register(Connection connection, SecureRandom random, Instant now)
      throws SQLException {
    SensorRegister register = new SensorRegister(connection, random);
    Set<SensorCode> retired =
        register.list().stream()
            .filter(RegisteredSensor::retired)
            .map(sensor -> sensor.entry().code())
            .collect(Collectors.toSet());
    List<Sensor> sensors = new ArrayList<>();
    for (SensorRow row : rows()) {
      if (!retired.contains(new SensorCode(row.cells().get("code")))) {
        SensorToken token = SensorToken.random(random);
        Map<String, String> cells = new HashMap<>(row.cells());
        cells.put("token", token.value());
        sensors.add(new Sensor(new SensorRow(row.label(), cells), token));
      }
    }
    register.takeOver(sensors.stream().map(Sensor::row).toList());
    markAsMadeUp(connection, sensors);
    DemoRegister.addTo(connection, SEED, now);
    DemoStretches.addTo(connection, now);
    return new DemoWard(sensors);
  }

  static List<SensorRow> rows() {
    try (BufferedReader list =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(DemoWard.class.getResourceAsStream("ward.csv")),
                StandardCharsets.UTF_8))) {
      return SensorList.read(list);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void markAsMadeUp(Connection connection, List<Sensor> sensors)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE sensor SET made_up = true, clear_delay_s = ?
            WHERE code = ANY (?) AND (NOT made_up OR clear_delay_s <> ?)
            """)) {
      update.setInt(1, CLEAR_DELAY_S);
      update.setArray(
          2, connection.createArrayOf("text", sensors.stream().map(Sensor::code).toArray()));
      update.setInt(3, CLEAR_DELAY_S);
      update.executeUpdate();
    }
  }
}
