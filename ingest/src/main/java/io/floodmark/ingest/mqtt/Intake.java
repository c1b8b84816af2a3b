package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.commit.Rejection;
import io.floodmark.ingest.commit.Submission;
import io.floodmark.ingest.payload.Decoded;
import io.floodmark.ingest.payload.PayloadDecoder;
import io.floodmark.reading.Reading;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What one session sends in: from a PUBLISH to a submission in the commit queue, its
 * acknowledgement owed. Confined to the connection's event loop.
 */
final class Intake {
  /** What is shared by all sessions. */
  record Shared(
      PayloadDecoder json,
      CommitQueue queue,
      InstantSource clock,
      MqttLimits limits,
      MqttCounters counters) {}

  /** Nobody waits for a commit: a message of QoS 0, or a will. */
  private static final Submission.Settlement NOBODY = () -> {};

  // What objects take on a 64-bit JVM, rounded up: a reading is a record of nine optionals of 24
  // bytes each, a message of a few bytes can hold hundreds of them.
  private static final int SUBMISSION_BYTES = 256;
  private static final int READING_BYTES = 288;
  private static final int REJECTION_BYTES = 160;

  private final Shared shared;
  private final SensorDirectory.Entry sensor;
  private final Rights.OfSensor rights;
  private final AckFifo acks;

  Intake(Shared shared, SensorDirectory.Entry sensor, Rights.OfSensor rights, AckFifo acks) {
    this.shared = shared;
    this.sensor = sensor;
    this.rights = rights;
    this.acks = acks;
  }

  /** Takes in a PUBLISH of QoS 0 or 1. The message stays the caller's to release. */
  void publish(MqttPublishMessage message) {
    shared.counters().countReceived();
    String topic = message.variableHeader().topicName();
    byte[] payload = ByteBufUtil.getBytes(message.payload());
    Optional<Rights.Content> content = rights.publish(topic);
    Submission.Settlement settlement =
        message.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE
            ? acks.owe(message.variableHeader().packetId())
            : NOBODY;
    boolean repeated = message.fixedHeader().isDup();
    if (content.isEmpty()) {
      reject(
          topic,
          repeated,
          new Rejection(Rejection.Reason.TOPIC, rights.whyNot(topic), payload, payload.length),
          settlement);
    } else if (content.get() == Rights.Content.READINGS) {
      readings(topic, repeated, shared.json().decode(payload), settlement);
    } else {
      status(topic, repeated, payload, settlement);
    }
  }

  /** Takes in what is left of a PUBLISH that was too large. */
  void publish(OversizePublish message) {
    shared.counters().countReceived();
    Submission.Settlement settlement =
        message.qos() == 1 ? acks.oweLast(message.packetId()) : NOBODY;
    reject(message.topic(), message.repeated(), message.rejection(), settlement);
  }

  /** The will of this session as a submission. */
  Submission will(SensorStatus status) {
    return submission(
        Topics.status(sensor.code()),
        false,
        SUBMISSION_BYTES,
        List.of(),
        List.of(),
        Optional.of(new Submission.StatusChange(status == SensorStatus.ONLINE, true)),
        NOBODY);
  }

  private void readings(
      String topic, boolean repeated, Decoded decoded, Submission.Settlement settlement) {
    int sizeBytes = SUBMISSION_BYTES + READING_BYTES * decoded.readings().size();
    for (Rejection rejection : decoded.rejections()) {
      shared.counters().countRejected(rejection.reason());
      sizeBytes += sizeBytes(rejection);
    }
    shared.counters().countReadings(decoded.readings().size());
    shared.counters().countBadFields(decoded.badFields());
    shared
        .queue()
        .add(
            submission(
                topic,
                repeated,
                sizeBytes,
                decoded.readings(),
                decoded.rejections(),
                Optional.empty(),
                settlement));
  }

  private void status(
      String topic, boolean repeated, byte[] payload, Submission.Settlement settlement) {
    Optional<SensorStatus> status = SensorStatus.find(payload);
    if (status.isEmpty()) {
      reject(
          topic,
          repeated,
          new Rejection(
              Rejection.Reason.SYNTAX,
              "A status is exactly \"online\" or \"offline\".",
              payload,
              payload.length),
          settlement);
      return;
    }
    shared.counters().countStatus();
    shared
        .queue()
        .add(
            submission(
                topic,
                repeated,
                SUBMISSION_BYTES,
                List.of(),
                List.of(),
                Optional.of(
                    new Submission.StatusChange(status.get() == SensorStatus.ONLINE, false)),
                settlement));
  }

  private void reject(
      String topic, boolean repeated, Rejection rejection, Submission.Settlement settlement) {
    shared.counters().countRejected(rejection.reason());
    shared
        .queue()
        .add(
            submission(
                Utf8.head(topic, shared.limits().topicCharsMax()),
                repeated,
                SUBMISSION_BYTES + sizeBytes(rejection),
                List.of(),
                List.of(rejection),
                Optional.empty(),
                settlement));
  }

  private Submission submission(
      String topic,
      boolean repeated,
      int sizeBytes,
      List<Reading> readings,
      List<Rejection> rejections,
      Optional<Submission.StatusChange> status,
      Submission.Settlement settlement) {
    return new Submission(
        sensor.id(),
        topic,
        repeated,
        shared.clock().instant(),
        sizeBytes,
        readings,
        rejections,
        status,
        settlement);
  }

  private static int sizeBytes(Rejection rejection) {
    return REJECTION_BYTES + Math.min(rejection.sizeBytes(), Rejection.EXCERPT_BYTES_MAX);
  }
}
