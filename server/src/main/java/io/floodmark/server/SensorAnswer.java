package io.floodmark.server;

import io.floodmark.api.sensors.register.RegisteredSensor;
import io.floodmark.api.sensors.register.SensorRegister;
import io.floodmark.sensor.SensorCode;
import io.floodmark.sensor.SensorKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What is said after sensors have been registered. */
final class SensorAnswer {
  private SensorAnswer() {}

  /**
   * Tells what has changed, the tokens that were made, and what the sensors concerned can see.
   *
   * @param sensors the register as it is now
   */
  static void print(
      SensorRegister.Outcome outcome, List<RegisteredSensor> sensors, Consumer<String> out) {
    out.accept(
        "%d new, %d changed, %d as they were."
            .formatted(outcome.added().size(), outcome.changed().size(), outcome.unchanged()));
    if (!outcome.newTokens().isEmpty()) {
      out.accept("");
      out.accept("Tokens, shown only now; user name and token are what a sensor signs in with:");
      outcome.newTokens().forEach((code, token) -> out.accept(code + "," + token.value()));
    }
    Set<SensorCode> concerned = new HashSet<>(outcome.added());
    concerned.addAll(outcome.changed());
    List<RegisteredSensor> seeing =
        sensors.stream()
            .filter(sensor -> concerned.contains(sensor.entry().code()))
            .filter(sensor -> sensor.entry().kind() != SensorKind.RAIN)
            .toList();
    if (!seeing.isEmpty()) {
      out.accept("");
      out.accept("Lowest level that each can see:");
      seeing.forEach(
          sensor -> out.accept(sensor.entry().code() + ": " + sensor.lowestVisibleLevel()));
    }
  }
}
