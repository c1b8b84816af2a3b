package io.floodmark.sim.device;

import io.floodmark.sim.reading.JsonReadings;
import io.floodmark.sim.scenario.FloodScenario;
import io.floodmark.sim.scenario.Place;
import io.floodmark.sim.scenario.ScenarioClock;
import io.floodmark.sim.uplink.BrokerAddress;
import io.floodmark.sim.uplink.Device;
import io.floodmark.sim.uplink.Receipt;
import io.floodmark.sim.uplink.SimLoop;
import io.floodmark.sim.uplink.Uplink;
import io.floodmark.sim.uplink.UplinkCounters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * One device: measures on its interval, faster while it sees water, whether or not there is a
 * network, and leaves the sending to its {@link Uplink}. Confined to the loop.
 */
public final class SimulatedSensor {
  /** Devices do not all wake up in the same instant. */
  private static final Duration WAKE_WITHIN = Duration.ofSeconds(2);

  private final SensorSpec spec;
  private final Firmware firmware;
  private final SimLoop loop;
  private final InstantSource clock;
  private final ScenarioClock scenarioClock;
  private final LongAdder measured;
  private final LongAdder dropped;
  private final SplittableRandom random;
  private final Instrument instrument;
  private final Uplink uplink;
  private final FaultPlan faults;
  private final Optional<TruthLog> truth;
  private final List<Recurrence> recurrences;
  private final Set<Need> missing = EnumSet.noneOf(Need.class);
  private SimLoop.Timer measuring = SimLoop.Timer.NONE;
  private boolean stopped;

  /** What a device cannot send without. */
  private enum Need {
    NETWORK,
    GATEWAY,
    POWER
  }

  /**
   * What the devices of one fleet have in common.
   *
   * @param measured counts readings taken
   * @param dropped counts those of them that are never sent
   * @param truth is told of them
   */
  public record Street(
      BrokerAddress broker,
      Firmware firmware,
      FloodScenario scenario,
      ScenarioClock scenarioClock,
      FaultPlan faults,
      InstantSource clock,
      SimLoop loop,
      UplinkCounters counters,
      LongAdder measured,
      LongAdder dropped,
      Optional<TruthLog> truth) {}

  /**
   * A device that has not woken up yet.
   *
   * @param seed of everything that is drawn for this device
   */
  public SimulatedSensor(SensorSpec spec, Place place, Street street, long seed) {
    this.spec = spec;
    this.firmware = street.firmware();
    this.loop = street.loop();
    this.clock = street.clock();
    this.scenarioClock = street.scenarioClock();
    this.measured = street.measured();
    this.dropped = street.dropped();
    this.faults = street.faults();
    this.truth = street.truth();
    this.random = new SplittableRandom(seed);
    this.instrument =
        new Instrument(
            spec,
            place,
            street.scenario(),
            clock.instant(),
            faults.clockDriftPpm() / 1e6,
            random.split());
    this.uplink =
        new Uplink(
            street.broker(),
            new Device(spec.code(), spec.token(), true),
            firmware.uplink(),
            loop,
            random.split(),
            street.counters(),
            () -> {});
    this.recurrences =
        List.of(
            new Recurrence(
                loop,
                faults.outages(spec.code()),
                () -> lose(Need.NETWORK),
                () -> regain(Need.NETWORK)),
            new Recurrence(
                loop,
                faults.flatBatteries(spec.code()),
                flat -> instrument.battery().runsFlat(clock.instant(), flat.after()),
                this::goDark,
                this::wakeAgain));
  }

  /** Wakes up: connects and measures, each after a short while of its own. */
  public void start() {
    loop.after(drawWithin(WAKE_WITHIN), uplink::start);
    measureSoon();
    recurrences.forEach(Recurrence::start);
  }

  /** The gateway on its way has failed, or works again. */
  public void setGatewayThere(boolean there) {
    if (there) {
      regain(Need.GATEWAY);
    } else {
      lose(Need.GATEWAY);
    }
  }

  /**
   * Stops measuring and says goodbye.
   *
   * @param done called once: when the broker knows, or within twice the stop timeout
   */
  public void stop(Runnable done) {
    stopped = true;
    measuring.cancel();
    recurrences.forEach(Recurrence::stop);
    uplink.stop(done);
  }

  private void measureSoon() {
    measuring = loop.after(drawWithin(shorter(WAKE_WITHIN, spec.reportInterval())), this::measure);
  }

  private void measure() {
    Instant now = clock.instant();
    Instrument.Measurement measurement =
        instrument.measure(now, scenarioClock.at(now), firmware.fastAboveMm());
    measured.increment();
    Receipt receipt = truth.map(log -> log.taken(spec, measurement)).orElse(Receipt.NONE);
    if (random.nextDouble() * 100 < faults.dropPercent()) {
      receipt.lost();
      dropped.increment();
    } else {
      uplink.offer(JsonReadings.encode(measurement.reading()), 1, receipt);
    }
    measuring =
        loop.after(firmware.nextInterval(spec.reportInterval(), measurement.wet()), this::measure);
  }

  /** Without power nothing is measured; what is stored stays, and nobody says goodbye. */
  private void goDark() {
    measuring.cancel();
    lose(Need.POWER);
  }

  private void wakeAgain() {
    instrument.battery().lasts();
    regain(Need.POWER);
    measureSoon();
  }

  private void lose(Need need) {
    if (missing.isEmpty() && !stopped) {
      uplink.setNetworkThere(false);
    }
    missing.add(need);
  }

  private void regain(Need need) {
    if (missing.remove(need) && missing.isEmpty() && !stopped) {
      uplink.setNetworkThere(true);
    }
  }

  private Duration drawWithin(Duration bound) {
    return Duration.ofNanos(random.nextLong(bound.toNanos()));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
