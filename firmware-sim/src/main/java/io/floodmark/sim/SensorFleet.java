package io.floodmark.sim;

import io.floodmark.sim.device.Recurrence;
import io.floodmark.sim.device.SensorKind;
import io.floodmark.sim.device.SensorSpec;
import io.floodmark.sim.device.SimulatedSensor;
import io.floodmark.sim.device.TruthLog;
import io.floodmark.sim.scenario.FloodScenario;
import io.floodmark.sim.scenario.Place;
import io.floodmark.sim.scenario.ScenarioClock;
import io.floodmark.sim.uplink.SimLoop;
import io.floodmark.sim.uplink.UplinkCounters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sensors that behave as firmware does, from {@link #start} to {@link #close}. One thread owns all
 * of them; Paho adds three threads for each connected sensor, so a fleet is tens of sensors, not
 * thousands. Safe for any thread.
 */
public final class SensorFleet implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SensorFleet.class);

  /** An ultrasonic sensor is blind for what is closer than this. */
  private static final int BLIND_MM = 300;

  private static final Duration REPORT_EVERY = Duration.ofMinutes(1);

  private final SimOptions options;
  private final SimLoop loop = new SimLoop("sensor-fleet");
  private final UplinkCounters counters = new UplinkCounters();
  private final LongAdder measured = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final List<SimulatedSensor> sensors;
  private final List<Recurrence> gateways;
  private boolean started;
  private boolean closed;

  /** A fleet that has not woken up yet; its scenario begins now. */
  public SensorFleet(SimOptions options, InstantSource clock) {
    this(options, clock, Optional.empty());
  }

  /**
   * A fleet that has not woken up yet; its scenario begins now.
   *
   * @param truth is told of every reading; closed by whoever made it, after the fleet
   */
  public SensorFleet(SimOptions options, InstantSource clock, Optional<TruthLog> truth) {
    this.options = options;
    Instant start = clock.instant();
    SimulatedSensor.Street street =
        new SimulatedSensor.Street(
            options.broker(),
            options.firmware(),
            FloodScenario.named(
                options.scenario(), options.seed(), options.sensors().size(), start),
            new ScenarioClock(start, options.speed()),
            options.faults(),
            clock,
            loop,
            counters,
            measured,
            dropped,
            truth);
    SplittableRandom seeds = new SplittableRandom(options.seed());
    List<SimulatedSensor> made = new ArrayList<>();
    Map<String, List<SimulatedSensor>> byGateway = new LinkedHashMap<>();
    int waterSensors = 0;
    for (SensorSpec spec : options.sensors()) {
      Place place = new Place(waterSensors, spec.lowPointDeltaMm(), ceilingMm(spec));
      SimulatedSensor sensor = new SimulatedSensor(spec, place, street, seeds.nextLong());
      made.add(sensor);
      spec.gateway()
          .ifPresent(name -> byGateway.computeIfAbsent(name, n -> new ArrayList<>()).add(sensor));
      if (spec.kind() != SensorKind.RAIN) {
        waterSensors++;
      }
    }
    sensors = List.copyOf(made);
    gateways =
        byGateway.entrySet().stream()
            .map(gateway -> outages(gateway.getKey(), gateway.getValue()))
            .toList();
  }

  private Recurrence outages(String gateway, List<SimulatedSensor> behind) {
    return new Recurrence(
        loop,
        options.faults().gatewayOutages(gateway),
        () -> {
          log.info("Gateway {} fails: {} sensors fall silent.", gateway, behind.size());
          behind.forEach(sensor -> sensor.setGatewayThere(false));
        },
        () -> {
          log.info("Gateway {} works again.", gateway);
          behind.forEach(sensor -> sensor.setGatewayThere(true));
        });
  }

  /** Wakes the sensors up, each within two seconds. */
  public synchronized void start() {
    if (started || closed) {
      throw new IllegalStateException("A fleet starts once.");
    }
    started = true;
    log.info(
        "Simulating {} sensors against {}: scenario {}, speed {}, seed {}",
        sensors.size(),
        options.broker(),
        options.scenario(),
        options.speed(),
        options.seed());
    loop.execute(
        () -> {
          sensors.forEach(SimulatedSensor::start);
          gateways.forEach(Recurrence::start);
        });
    loop.after(REPORT_EVERY, this::report);
  }

  /** What it has done so far. */
  public FleetCounts counts() {
    // Acknowledged before measured, so that a snapshot never shows more answers than questions.
    long acknowledged = counters.acknowledged();
    long repeated = counters.repeated();
    long overwritten = counters.overwritten();
    long sent = counters.sent();
    long neverSent = dropped.sum();
    return new FleetCounts(
        measured.sum(),
        neverSent,
        sent,
        repeated,
        acknowledged,
        counters.storedOffline(),
        overwritten,
        counters.connected(),
        counters.reconnects());
  }

  /**
   * Stops as a device does that is switched off deliberately: no will is published. Waits until all
   * have said goodbye, a few seconds at most. Calling it again does nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    CountDownLatch goodbyes = new CountDownLatch(sensors.size());
    loop.execute(
        () -> {
          gateways.forEach(Recurrence::stop);
          sensors.forEach(sensor -> sensor.stop(goodbyes::countDown));
        });
    Duration patience = options.firmware().uplink().stopTimeout().multipliedBy(3);
    try {
      if (!goodbyes.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn(
            "{} sensors could not say goodbye within {} s.",
            goodbyes.getCount(),
            patience.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loop.close();
    if (started) {
      log.info("Simulation ended: {}", counts());
    }
  }

  private void report() {
    log.info("{}", counts());
    loop.after(REPORT_EVERY, this::report);
  }

  private static int ceilingMm(SensorSpec spec) {
    return spec.kind() == SensorKind.DISTANCE
        ? Math.max(0, spec.mountHeightMm() - BLIND_MM)
        : Integer.MAX_VALUE;
  }
}
