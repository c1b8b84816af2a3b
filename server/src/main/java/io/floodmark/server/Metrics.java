package io.floodmark.server;

import io.floodmark.api.metrics.Exposition;
import io.floodmark.metrics.Histogram;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The figures of this process, read from counters that know nothing of it when somebody asks. Names
 * and what to watch for stand in docs/metrics.md; further parts are bound as {@link IngestMetrics}
 * is. Safe for use by any thread.
 */
final class Metrics implements Exposition, AutoCloseable {
  private static final double NANOS_PER_S = 1e9;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private volatile Seen seen = new Seen(false, Load.NONE, List.of());

  /** The JVM's own figures, and what the web server sees. */
  Metrics() {
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gauge(
        "floodmark.build",
        "1, with the version as a label",
        () -> 1,
        "version",
        Build.CURRENT.floodmark());
    gauge(
        "floodmark.database.up",
        "Whether the database answered within the last second",
        () -> seen.databaseAnswers() ? 1 : 0);
    gauge(
        "floodmark.live.clients",
        "Browsers that listen to the live feed",
        () -> seen.load().liveClients());
    gauge("floodmark.live.limit.clients", "How many may", () -> seen.load().liveClientsMax());
    gauge(
        "floodmark.http.database.calls",
        "Calls of the database for requests that run or wait for their turn",
        () -> seen.load().databaseCalls());
    gauge(
        "floodmark.http.limit.database.calls",
        "How many may; what comes beyond is answered by 503",
        () -> seen.load().databaseCallsMax());
    answers();
    work("floodmark_http_work", "Work for requests that runs or waits for its turn", Work::open);
    work("floodmark_http_limit_work", "How much may; what comes beyond is refused", Work::openMax);
    outbox("floodmark_outbox_waiting_messages", "Messages still to be sent", Outbox::waiting);
    outbox("floodmark_outbox_dead_messages", "Messages that were given up", Outbox::dead);
    outbox(
        "floodmark_outbox_oldest_waiting_seconds",
        "How long the oldest message has been waiting",
        Outbox::oldestWaitingS);
  }

  @Override
  public String text(Seen seenNow) {
    seen = seenNow;
    return registry.scrape(CONTENT_TYPE);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }

  /** A count that only grows; its name gets {@code _total} behind it. */
  void counter(String name, String help, LongSupplier count, String... labels) {
    // Only weakly does Micrometer hold what it counts by: a supplier that nobody else keeps would
    // be
    // collected, and the count would stand still from then on.
    FunctionCounter.builder(name, this, kept -> count.getAsLong())
        .description(help)
        .tags(labels)
        .register(registry);
  }

  /** A time that only grows, told in seconds; its name gets {@code _total} behind it. */
  void secondsCounter(String name, String help, LongSupplier nanos) {
    FunctionCounter.builder(name, this, kept -> nanos.getAsLong() / NANOS_PER_S)
        .description(help)
        .register(registry);
  }

  /** A time that rises and falls, told in seconds. */
  void secondsGauge(String name, String help, LongSupplier nanos) {
    Gauge.builder(name, nanos, value -> value.getAsLong() / NANOS_PER_S)
        .description(help)
        .strongReference(true)
        .register(registry);
  }

  /** A figure that rises and falls. */
  void gauge(String name, String help, LongSupplier value, String... labels) {
    Gauge.builder(name, value, LongSupplier::getAsLong)
        .description(help)
        .tags(labels)
        // Nobody else keeps it.
        .strongReference(true)
        .register(registry);
  }

  /**
   * A histogram of ours.
   *
   * @param name as it is written, with its unit last
   * @param perUnit how many of what it records make one of the unit
   */
  void histogram(String name, String help, Histogram histogram, double perUnit) {
    registry
        .getPrometheusRegistry()
        .register(
            (Collector)
                () ->
                    HistogramSnapshot.builder()
                        .name(name)
                        .help(help)
                        .dataPoint(
                            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                                .classicHistogramBuckets(
                                    ClassicHistogramBuckets.of(
                                        upperBounds(histogram, perUnit), histogram.counts()))
                                .sum(histogram.sum() / perUnit)
                                .build())
                        .build());
  }

  /** How long requests took, in nanoseconds from their heads to those of their answers. */
  void answerTimes(Histogram nanos) {
    histogram(
        "floodmark_http_answer_seconds",
        "From the head of a request to the head of its answer",
        nanos,
        NANOS_PER_S);
  }

  /** For what Micrometer brings along. */
  MeterRegistry registry() {
    return registry;
  }

  private void answers() {
    registry
        .getPrometheusRegistry()
        .register(
            (Collector)
                () -> {
                  CounterSnapshot.Builder counter =
                      CounterSnapshot.builder()
                          .name("floodmark_http_answers")
                          .help("Requests that were answered");
                  seen.load()
                      .answers()
                      .forEach(
                          (status, count) ->
                              counter.dataPoint(
                                  CounterSnapshot.CounterDataPointSnapshot.builder()
                                      .labels(Labels.of("status", Integer.toString(status)))
                                      .value(count)
                                      .build()));
                  return counter.build();
                });
  }

  private void work(String name, String help, ToDoubleFunction<Work> figure) {
    gauges(name, help, () -> seen.load().work(), work -> Labels.of("kind", work.kind()), figure);
  }

  private void outbox(String name, String help, ToDoubleFunction<Outbox> figure) {
    gauges(
        name,
        help,
        () -> seen.outbox(),
        channel ->
            Labels.of("channel", Integer.toString(channel.channel()), "kind", channel.kind()),
        figure);
  }

  /** A figure of each of several, which may be others each time. */
  private <T> void gauges(
      String name,
      String help,
      Supplier<List<T>> several,
      Function<T, Labels> labels,
      ToDoubleFunction<T> figure) {
    registry
        .getPrometheusRegistry()
        .register(
            (Collector)
                () -> {
                  GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
                  for (T one : several.get()) {
                    gauge.dataPoint(
                        GaugeSnapshot.GaugeDataPointSnapshot.builder()
                            .labels(labels.apply(one))
                            .value(figure.applyAsDouble(one))
                            .build());
                  }
                  return gauge.build();
                });
  }

  private static double[] upperBounds(Histogram histogram, double perUnit) {
    double[] bounds = Arrays.stream(histogram.bounds()).mapToDouble(b -> b / perUnit).toArray();
    double[] all = Arrays.copyOf(bounds, bounds.length + 1);
    all[bounds.length] = Double.POSITIVE_INFINITY;
    return all;
  }
}
