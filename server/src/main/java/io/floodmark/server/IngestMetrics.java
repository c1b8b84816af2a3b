package io.floodmark.server;

import io.floodmark.ingest.Ingest;
import io.floodmark.ingest.broker.BrokerCounters;
import io.floodmark.ingest.broker.BrokerFigures;
import io.floodmark.ingest.broker.BrokerLimits;
import io.floodmark.ingest.commit.CommitCounters;
import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.commit.Rejection;
import io.floodmark.ingest.mqtt.MqttCounters;
import io.floodmark.ingest.mqtt.MqttLimits;
import java.util.Locale;
import java.util.function.Supplier;

/** What the line from sensors to the database tells of itself. A new counter of it goes in here. */
final class IngestMetrics {
  private static final double NANOS_PER_S = 1e9;

  private IngestMetrics() {}

  /** Binds all of it. */
  static void bind(Metrics metrics, Ingest ingest) {
    messages(metrics, ingest.mqttCounters());
    connections(metrics, ingest);
    queue(metrics, ingest.queue());
    readings(metrics, ingest.commitCounters());
    broker(metrics, ingest);
  }

  private static void messages(Metrics metrics, MqttCounters mqtt) {
    metrics.counter(
        "floodmark.mqtt.received.messages", "PUBLISH packets of sensors", mqtt::received);
    metrics.counter(
        "floodmark.mqtt.acknowledged.messages",
        "PUBACK and PUBREC packets written",
        mqtt::acknowledged);
    metrics.counter(
        "floodmark.mqtt.statuses", "Status messages handed over for commit", mqtt::statuses);
    metrics.counter("floodmark.mqtt.wills", "Wills handed over for commit", mqtt::wills);
    metrics.counter(
        "floodmark.mqtt.bad.fields", "Fields stored as absent, for unreadable", mqtt::badFields);
    for (Rejection.Reason reason : Rejection.Reason.values()) {
      metrics.counter(
          "floodmark.mqtt.rejected",
          "Messages, or elements of one, that were no reading",
          () -> mqtt.rejected(reason),
          "reason",
          label(reason));
    }
    metrics.histogram(
        "floodmark_mqtt_commit_seconds",
        "From the arrival of a message of QoS 1 or 2 to its commit",
        mqtt.commitNanos(),
        NANOS_PER_S);
    metrics.histogram(
        "floodmark_mqtt_acknowledge_seconds",
        "From its arrival to its acknowledgement, handed to the network",
        mqtt.acknowledgeNanos(),
        NANOS_PER_S);
  }

  private static void connections(Metrics metrics, Ingest ingest) {
    MqttCounters mqtt = ingest.mqttCounters();
    metrics.gauge("floodmark.mqtt.connections", "Connections open now", () -> ingest.connections());
    metrics.gauge(
        "floodmark.mqtt.sessions",
        "MQTT sessions, whether or not somebody is connected",
        () -> ingest.mqttSessions());
    metrics.gauge(
        "floodmark.mqtt.limit.connections",
        "Connections beyond which the next is closed",
        () -> MqttLimits.DEFAULT.connectionsMax());
    metrics.counter("floodmark.mqtt.connects", "Connections accepted", mqtt::connected);
    metrics.counter(
        "floodmark.mqtt.delayed.connects",
        "Connections that had to wait because of many others of their address",
        mqtt::connectsDelayed);
    metrics.counter(
        "floodmark.mqtt.delayed.refusals",
        "Failed attempts to sign in whose answer was held back",
        mqtt::refusalsDelayed);
    metrics.counter(
        "floodmark.mqtt.throttled",
        "Times that a session was not read from because its sensor sent more than it may",
        mqtt::throttled);
    for (MqttCounters.Refusal reason : MqttCounters.Refusal.values()) {
      metrics.counter(
          "floodmark.mqtt.refused.connections",
          "Connections that did not become a session",
          () -> mqtt.refused(reason),
          "reason",
          label(reason));
    }
    for (MqttCounters.Closing reason : MqttCounters.Closing.values()) {
      metrics.counter(
          "floodmark.mqtt.closed.connections",
          "Connections that we closed",
          () -> mqtt.closed(reason),
          "reason",
          label(reason));
    }
    metrics.counter(
        "floodmark.mqtt.paused",
        "Times that reading from a connection stopped, for the queue was full",
        mqtt::paused);
  }

  private static void queue(Metrics metrics, CommitQueue queue) {
    metrics.gauge("floodmark.queue.messages", "Messages not committed yet", () -> queue.size());
    metrics.gauge(
        "floodmark.queue.limit.messages",
        "Messages at which reading stops",
        () -> queue.countMax());
    metrics.gauge("floodmark.queue.bytes", "What they take in memory", queue::sizeBytes);
    metrics.gauge("floodmark.queue.limit.bytes", "Bytes at which reading stops", queue::bytesMax);
    metrics.counter(
        "floodmark.queue.full.milliseconds",
        "How long the queue has been full, in all",
        () -> queue.fullNanos() / 1_000_000);
  }

  private static void readings(Metrics metrics, CommitCounters commit) {
    metrics.counter(
        "floodmark.readings.received",
        "Readings, and what was no reading, taken from the queue",
        commit::received);
    metrics.counter("floodmark.readings.committed", "Readings stored", commit::committed);
    metrics.counter(
        "floodmark.readings.duplicates", "Readings that were stored before", commit::duplicates);
    for (Rejection.Reason reason : Rejection.Reason.values()) {
      metrics.counter(
          "floodmark.readings.rejected",
          "What was stored as rejected",
          () -> commit.rejected(reason),
          "reason",
          label(reason));
    }
    metrics.counter("floodmark.commit.batches", "Transactions committed", commit::batches);
    metrics.counter(
        "floodmark.commit.retries", "Batches that had to be tried again", commit::retries);
    metrics.counter(
        "floodmark.commit.conflicts",
        "Batches evaluated again, for another process wrote in between",
        commit::versionConflicts);
    metrics.histogram(
        "floodmark_commit_batch_readings",
        "Readings in each transaction",
        commit.batchReadings(),
        1);
  }

  private static void broker(Metrics metrics, Ingest ingest) {
    held(metrics, ingest);
    BrokerCounters broker = ingest.brokerCounters();
    metrics.counter("floodmark.broker.published", "Messages for subscribers", broker::published);
    metrics.counter("floodmark.broker.sent", "Messages handed to connections", broker::sent);
    metrics.counter("floodmark.broker.wills", "Wills that were said", broker::wills);
    metrics.counter(
        "floodmark.broker.expired.sessions",
        "Sessions that nobody came back to in time",
        broker::sessionsExpired);
    metrics.counter(
        "floodmark.broker.displaced.sessions",
        "Sessions that ended because their account had left too many",
        broker::sessionsDisplaced);
    metrics.counter(
        "floodmark.broker.refused.subscriptions",
        "Subscriptions beyond what a session may have",
        broker::subscriptionsRefused);
    for (BrokerCounters.Drop reason : BrokerCounters.Drop.values()) {
      metrics.counter(
          "floodmark.broker.dropped",
          "Messages that did not reach one subscriber",
          () -> broker.dropped(reason),
          "reason",
          label(reason));
    }
  }

  private static void held(Metrics metrics, Ingest ingest) {
    Supplier<BrokerFigures> now = ingest::brokerFigures;
    metrics.gauge(
        "floodmark.mqtt.durable.sessions",
        "Sessions that outlive their connections",
        () -> now.get().durableConnected(),
        "state",
        "connected");
    metrics.gauge(
        "floodmark.mqtt.durable.sessions",
        "Sessions that outlive their connections",
        () -> now.get().durableOffline(),
        "state",
        "offline");
    metrics.gauge(
        "floodmark.broker.subscriptions",
        "Subscriptions of all sessions",
        () -> now.get().subscriptions());
    metrics.gauge(
        "floodmark.broker.retained.messages",
        "Topics with a retained message",
        () -> now.get().retained(),
        "of",
        "clients");
    metrics.gauge(
        "floodmark.broker.retained.messages",
        "Topics with a retained message",
        () -> now.get().states(),
        "of",
        "server");
    metrics.gauge(
        "floodmark.broker.retained.bytes",
        "Payload of those of clients",
        () -> now.get().retainedBytes());
    metrics.gauge(
        "floodmark.broker.retained.limit.messages",
        "How many clients may have retained",
        () -> BrokerLimits.DEFAULT.retainedMax());
    metrics.gauge(
        "floodmark.broker.retained.limit.bytes",
        "How much payload clients may have retained",
        () -> BrokerLimits.DEFAULT.retainedBytesMax());
    metrics.gauge(
        "floodmark.broker.queued.messages",
        "Messages that wait for sessions or are in flight to them",
        () -> now.get().queuedConnected(),
        "state",
        "connected");
    metrics.gauge(
        "floodmark.broker.queued.messages",
        "Messages that wait for sessions or are in flight to them",
        () -> now.get().queuedOffline(),
        "state",
        "offline");
    metrics.gauge(
        "floodmark.broker.unwritten.bytes",
        "What is to outlive a restart and is not committed yet",
        () -> now.get().unwrittenBytes());
    metrics.gauge(
        "floodmark.broker.unwritten.limit.bytes",
        "Bytes at which reading from publishers stops",
        () -> BrokerLimits.DEFAULT.unwrittenBytesMax());
  }

  private static String label(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
