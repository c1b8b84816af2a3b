package io.floodmark.sim.device;

import io.floodmark.sim.scenario.FloodScenario;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What goes wrong with the devices of a fleet, by the wall clock. The same seed and code give the
 * same faults.
 *
 * @param seed draws them
 * @param network a device loses its network
 * @param gateway all devices behind one gateway lose it together
 * @param battery the battery of a device runs flat, until it is charged or exchanged
 * @param dropPercent share of the readings that a device takes but never sends, 0 to 100
 * @param clockDriftPpm how much too fast or slow clocks run at most, millionths, 0 to 100,000
 */
public record FaultPlan(
    long seed,
    Spells network,
    Spells gateway,
    Spells battery,
    double dropPercent,
    double clockDriftPpm) {
  /** A quartz on a cheap board in the sun: 3.5 s a day. */
  private static final double QUARTZ_PPM = 40;

  /** Devices and a network that never fail, with clocks as they are. */
  public static final FaultPlan NONE = none(0);

  // Different outages for a gateway and a device of the same name.
  private static final long NETWORK = 0;
  private static final long GATEWAY = 0x47_57L;
  private static final long BATTERY = 0x42_41L;

  private static final Duration HURRIED_LENGTH_MIN = Duration.ofSeconds(20);

  public FaultPlan {
    // Written so that NaN fails as well.
    if (!(dropPercent >= 0 && dropPercent <= 100)) {
      throw new IllegalArgumentException(
          "Readings that are never sent must be 0 to 100 percent, not " + dropPercent + ".");
    }
    if (!(clockDriftPpm >= 0 && clockDriftPpm <= 100_000)) {
      throw new IllegalArgumentException(
          "Clocks may drift by 0 to 100,000 millionths, not " + clockDriftPpm + ".");
    }
  }

  /** Nothing goes wrong, until other faults are put in. */
  public static FaultPlan none(long seed) {
    return new FaultPlan(seed, Spells.NEVER, Spells.NEVER, Spells.NEVER, 0, QUARTZ_PPM);
  }

  /** What is usual in that scenario: much in the street, nothing elsewhere. */
  public static FaultPlan usualIn(String scenario, long seed, double speed) {
    return scenario.equals(FloodScenario.STREET) ? ofStreet(seed, speed) : none(seed);
  }

  /**
   * What goes wrong in a street: a device is offline for ten minutes twice a day, a gateway for
   * half an hour every fourth day, a battery is flat for six hours every twentieth, and one reading
   * in fifty is never sent.
   *
   * @param speed how many times as fast as the wall clock the street lives
   */
  static FaultPlan ofStreet(long seed, double speed) {
    return new FaultPlan(
        seed,
        hurried(Duration.ofHours(12), Duration.ofMinutes(10), speed),
        hurried(Duration.ofDays(4), Duration.ofMinutes(30), speed),
        hurried(Duration.ofDays(20), Duration.ofHours(6), speed),
        2,
        QUARTZ_PPM);
  }

  /** Devices need seconds to connect again: what is shorter would not be seen. */
  private static Spells hurried(Duration apart, Duration length, double speed) {
    double shortest = (double) HURRIED_LENGTH_MIN.toMillis() / length.toMillis();
    double share = Math.max(1 / speed, shortest);
    return new Spells(scaled(apart, share), scaled(length, share));
  }

  private static Duration scaled(Duration duration, double share) {
    return Duration.ofMillis(Math.round(duration.toMillis() * share));
  }

  /** The same with other losses of network. */
  public FaultPlan withNetwork(Spells spells) {
    return new FaultPlan(seed, spells, gateway, battery, dropPercent, clockDriftPpm);
  }

  /** The same with other failures of gateways. */
  public FaultPlan withGateway(Spells spells) {
    return new FaultPlan(seed, network, spells, battery, dropPercent, clockDriftPpm);
  }

  /** The same with other flat batteries. */
  public FaultPlan withBattery(Spells spells) {
    return new FaultPlan(seed, network, gateway, spells, dropPercent, clockDriftPpm);
  }

  /** The same with another share of readings that are never sent. */
  public FaultPlan withDropPercent(double percent) {
    return new FaultPlan(seed, network, gateway, battery, percent, clockDriftPpm);
  }

  /** The same with other clocks. */
  public FaultPlan withClockDriftPpm(double ppm) {
    return new FaultPlan(seed, network, gateway, battery, dropPercent, ppm);
  }

  /** When one device loses its network. */
  public Stream<Spells.Spell> outages(String code) {
    return network.drawn(seedOf(NETWORK, code));
  }

  /** When one gateway fails. */
  public Stream<Spells.Spell> gatewayOutages(String gatewayName) {
    return gateway.drawn(seedOf(GATEWAY, gatewayName));
  }

  /** When the battery of one device is flat. */
  public Stream<Spells.Spell> flatBatteries(String code) {
    return battery.drawn(seedOf(BATTERY, code));
  }

  private long seedOf(long what, String name) {
    return (seed ^ what) * 31 + name.hashCode();
  }
}
