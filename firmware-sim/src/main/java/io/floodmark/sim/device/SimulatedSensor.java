package io.floodmark.sim.device;

import io.floodmark.sim.reading.JsonReadings;
import io.floodmark.sim.scenario.FloodScenario;
import io.floodmark.sim.scenario.Place;
import io.floodmark.sim.scenario.ScenarioClock;
import io.floodmark.sim.uplink.BrokerAddress;
import io.floodmark.sim.uplink.Device;
import io.floodmark.sim.uplink.SimLoop;
import io.floodmark.sim.uplink.Uplink;
import io.floodmark.sim.uplink.UplinkCounters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
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
  private final SplittableRandom random;
  private final Instrument instrument;
  private final Uplink uplink;
  private final Iterator<FaultPlan.Outage> outages;
  private boolean stopped;

  /**
   * What the devices of one fleet have in common.
   *
   * @param measured counts readings taken
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
      LongAdder measured) {}

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
    this.random = new SplittableRandom(seed);
    this.instrument =
        new Instrument(spec, place, street.scenario(), clock.instant(), random.split());
    this.uplink =
        new Uplink(
            street.broker(),
            new Device(spec.code(), spec.token(), true),
            firmware.uplink(),
            loop,
            random.split(),
            street.counters(),
            () -> {});
    this.outages = street.faults().outages(spec.code()).iterator();
  }

  /** Wakes up: connects and measures, each after a short while of its own. */
  public void start() {
    loop.after(drawWithin(WAKE_WITHIN), uplink::start);
    loop.after(drawWithin(shorter(WAKE_WITHIN, spec.reportInterval())), this::measure);
    scheduleOutage();
  }

  /**
   * Stops measuring and says goodbye.
   *
   * @param done called once: when the broker knows, or within twice the stop timeout
   */
  public void stop(Runnable done) {
    stopped = true;
    uplink.stop(done);
  }

  private void measure() {
    if (stopped) {
      return;
    }
    Instant now = clock.instant();
    Instrument.Measurement measurement =
        instrument.measure(now, scenarioClock.at(now), firmware.fastAboveMm());
    measured.increment();
    uplink.offer(JsonReadings.encode(measurement.reading()), 1);
    loop.after(firmware.nextInterval(spec.reportInterval(), measurement.wet()), this::measure);
  }

  private void scheduleOutage() {
    if (stopped || !outages.hasNext()) {
      return;
    }
    FaultPlan.Outage next = outages.next();
    loop.after(
        next.after(),
        () -> {
          uplink.setNetworkThere(false);
          loop.after(
              next.length(),
              () -> {
                uplink.setNetworkThere(true);
                scheduleOutage();
              });
        });
  }

  private Duration drawWithin(Duration bound) {
    return Duration.ofNanos(random.nextLong(bound.toNanos()));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
