package io.floodmark.server;

import io.floodmark.sim.device.FaultPlan;
import io.floodmark.sim.device.Spells;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The flags of {@code sim} for what goes wrong. What is not given is as the scenario has it: in the
 * street things go wrong, elsewhere they do not.
 */
final class SimFaults {
  /** Of no use to a recorded event. {@code --drop-percent} is: it leaves out rows. */
  static final List<String> ONLY_OF_SCENARIOS =
      List.of(
          "--outage-every",
          "--outage-length",
          "--gateway-outage-every",
          "--gateway-outage-length",
          "--flat-battery-every",
          "--flat-battery-length",
          "--clock-drift");

  @Option(
      names = "--outage-every",
      paramLabel = "S",
      description =
          "seconds, on average, after which a sensor loses its network; 0 for never "
              + "(never; street: 12 hours of the street)")
  private Optional<Long> outageEvery;

  @Option(
      names = "--outage-length",
      paramLabel = "S",
      description = "seconds, on average, for which it is lost (street: 10 minutes)")
  private Optional<Long> outageLength;

  @Option(
      names = "--gateway-outage-every",
      paramLabel = "S",
      description =
          "seconds, on average, after which a gateway fails, and all sensors that name it in "
              + "the column gateway fall silent together (never; street: 4 days)")
  private Optional<Long> gatewayEvery;

  @Option(
      names = "--gateway-outage-length",
      paramLabel = "S",
      description = "seconds, on average, for which it fails (street: 30 minutes)")
  private Optional<Long> gatewayLength;

  @Option(
      names = "--flat-battery-every",
      paramLabel = "S",
      description =
          "seconds, on average, after which a sensor's battery, fading, is flat "
              + "(never; street: 20 days)")
  private Optional<Long> batteryEvery;

  @Option(
      names = "--flat-battery-length",
      paramLabel = "S",
      description = "seconds, on average, until it is exchanged (street: 6 hours)")
  private Optional<Long> batteryLength;

  @Option(
      names = "--drop-percent",
      paramLabel = "P",
      description =
          "share of the readings that is taken but never sent (0; street: 2); with --replay: "
              + "share of the rows that is left out, by the seed (0)")
  private Optional<Double> dropPercent;

  @Option(
      names = "--clock-drift",
      paramLabel = "PPM",
      description =
          "millionths by which clocks run too fast or slow, at most; they are set once a day "
              + "(40, which is 3.5 s a day)")
  private Optional<Double> clockDrift;

  /**
   * What was given, in place of what the scenario has.
   *
   * @throws IllegalArgumentException if that cannot be
   */
  FaultPlan instead(FaultPlan usual) {
    FaultPlan plan =
        usual
            .withNetwork(spells(outageEvery, outageLength, usual.network()))
            .withGateway(spells(gatewayEvery, gatewayLength, usual.gateway()))
            .withBattery(spells(batteryEvery, batteryLength, usual.battery()));
    return plan.withDropPercent(dropPercent.orElse(usual.dropPercent()))
        .withClockDriftPpm(clockDrift.orElse(usual.clockDriftPpm()));
  }

  double dropPercent() {
    return dropPercent.orElse(0.0);
  }

  private static Spells spells(Optional<Long> every, Optional<Long> length, Spells usual) {
    if (every.isPresent() && every.get() == 0) {
      return Spells.NEVER;
    }
    return new Spells(seconds(every, usual.meanApart()), seconds(length, usual.meanLength()));
  }

  private static Duration seconds(Optional<Long> given, Duration usual) {
    return given.map(Duration::ofSeconds).orElse(usual);
  }
}
