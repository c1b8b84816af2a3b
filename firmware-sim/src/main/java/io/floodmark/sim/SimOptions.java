package io.floodmark.sim;

import io.floodmark.sim.device.FaultPlan;
import io.floodmark.sim.device.Firmware;
import io.floodmark.sim.device.SensorSpec;
import io.floodmark.sim.scenario.FloodScenario;
import io.floodmark.sim.uplink.BrokerAddress;
import java.util.List;

/**
 * A fleet to simulate.
 *
 * @param broker where it sends
 * @param sensors one or more; the order decides which of them floods how deep
 * @param scenario one of {@link FloodScenario#NAMES}
 * @param speed how many times as fast as the wall clock the scenario runs; report intervals and
 *     {@code ts} do not change
 * @param seed of everything that is drawn
 * @param firmware what every device runs
 * @param faults what goes wrong with devices and network
 */
public record SimOptions(
    BrokerAddress broker,
    List<SensorSpec> sensors,
    String scenario,
    double speed,
    long seed,
    Firmware firmware,
    FaultPlan faults) {

  public SimOptions {
    sensors = List.copyOf(sensors);
    if (sensors.isEmpty()) {
      throw new IllegalArgumentException("A fleet needs at least one sensor.");
    }
    if (!FloodScenario.NAMES.contains(scenario)) {
      throw new IllegalArgumentException(
          "No scenario \""
              + scenario
              + "\". Use one of "
              + String.join(", ", FloodScenario.NAMES)
              + ".");
    }
  }

  /** A rain-storm at wall speed on a network that never fails. */
  public static SimOptions of(BrokerAddress broker, List<SensorSpec> sensors, long seed) {
    return new SimOptions(broker, sensors, "rain-storm", 1, seed, Firmware.DEFAULT, FaultPlan.NONE);
  }

  /** The same in other weather. */
  public SimOptions withScenario(String name, double times) {
    return new SimOptions(broker, sensors, name, times, seed, firmware, faults);
  }

  /** The same with other firmware. */
  public SimOptions withFirmware(Firmware other) {
    return new SimOptions(broker, sensors, scenario, speed, seed, other, faults);
  }

  /** The same on another network. */
  public SimOptions withFaults(FaultPlan plan) {
    return new SimOptions(broker, sensors, scenario, speed, seed, firmware, plan);
  }
}
