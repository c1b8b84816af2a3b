package io.floodmark.bench.ingest;

import io.floodmark.bench.load.LoadPlan;
import io.floodmark.bench.load.LoadResult;
import io.floodmark.bench.program.Mosquitto;
import io.floodmark.bench.program.ProcessorTime;
import io.floodmark.bench.program.ServerUnderTest;
import java.io.IOException;

/**
 * Durable readings a second: 100 sensors with 64 messages of QoS 1 in flight each send as fast as
 * they are acknowledged; counted are acknowledged readings. Held against Mosquitto that
 * acknowledges the same bytes from the same generator, and against COPY of the rows that came of
 * it.
 */
final class Throughput {
  static final String PREFIX = "load-";
  static final int CONNECTIONS = 100;
  private static final int WINDOW = 64;
  private static final int MANY = 20;

  /** Longer than compilers need on two processors that are busy. */
  private static final int WARM_UP_S = 60;

  /** Enough for twice a thousand readings a second from each sensor. */
  private static final int DELAY_S = 90;

  /** Later than where the first load ended, and enough for 2,500 readings a second from each. */
  private static final int DELAY_AGAIN_S = 45;

  private static final int WARM_AGAIN_S = 15;
  private static final int SECONDS = 15;
  private static final int COPY_SECONDS = 5;

  private Throughput() {}

  /** Measures on a server that has just been started over an empty database. */
  static void measure(ServerUnderTest server, Findings findings) throws IOException {
    BenchSensors.register(server.database(), PREFIX, CONNECTIONS);
    double single = single(server, findings, "single");
    double many;
    double copy;
    // Before and after, so that a machine that is slow for a while is so for both.
    try (CopyRate copies = CopyRate.on(server.database())) {
      copies.run(COPY_SECONDS);
      LoadPlan plan = plan(server.mqttPort(), MANY, DELAY_AGAIN_S, WARM_AGAIN_S);
      many = rate(server, findings, "by20", plan);
      copies.run(COPY_SECONDS);
      copy = copies.perSecond();
    }
    double mosquitto = mosquitto(findings);
    findings.put("copyPerSecond", copy);
    findings.put("overMosquitto", single / mosquitto);
    findings.put("overCopy", single / copy);
    findings.put("by20OverCopy", many / copy);
  }

  /** One reading a message, from the sensors that are registered; readings a second. */
  static double single(ServerUnderTest server, Findings findings, String name) throws IOException {
    return rate(server, findings, name, plan(server.mqttPort(), 1, DELAY_S, WARM_UP_S));
  }

  private static double mosquitto(Findings findings) throws IOException {
    try (Mosquitto mosquitto = Mosquitto.start()) {
      LoadResult result = LoadProcess.run(plan(mosquitto.port(), 1, DELAY_S, WARM_AGAIN_S));
      findings.put("mosquittoPerSecond", result.perSecond());
      findings.put("mosquittoGeneratorProcessors", result.processorSeconds() / result.seconds());
      return result.perSecond();
    }
  }

  private static double rate(ServerUnderTest server, Findings findings, String name, LoadPlan plan)
      throws IOException {
    StoredCheck check = StoredCheck.before(server.database());
    ProcessorTime[] before = {ProcessorTime.now(server.pid())};
    ProcessorTime[] after = {before[0]};
    LoadResult result =
        LoadProcess.run(
            plan,
            () -> before[0] = ProcessorTime.now(server.pid()),
            () -> after[0] = ProcessorTime.now(server.pid()));
    check.holds(result);
    findings.putProcessors(name, after[0].since(before[0], result.seconds()));
    findings.put(name + "PerSecond", result.perSecond());
    findings.put(name + "P50Millis", result.p50Millis());
    findings.put(name + "P99Millis", result.p99Millis());
    findings.put(name + "AheadMillis", (double) result.aheadMillisMax());
    findings.put(name + "GeneratorProcessors", result.processorSeconds() / result.seconds());
    return result.perSecond();
  }

  private static LoadPlan plan(int port, int readings, int delaySeconds, int warmUpSeconds) {
    return new LoadPlan(
        port,
        PREFIX,
        BenchSensors.TOKEN,
        CONNECTIONS,
        WINDOW,
        readings,
        delaySeconds,
        0,
        warmUpSeconds,
        SECONDS);
  }
}
