package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.commit.Rejection;
import io.floodmark.ingest.commit.Submission;
import io.floodmark.ingest.packet.Publish;
import io.floodmark.ingest.payload.Decoded;
import io.floodmark.ingest.payload.PayloadDecoder;
import io.floodmark.reading.Reading;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What a sensor sends in: from a PUBLISH to a submission in the commit queue. Confined to the
 * connection's event loop.
 */
final class Intake implements Inlet {
  /** What is shared by all sessions. */
  record Shared(
      PayloadDecoder json,
      CommitQueue queue,
      RoomWaiters roomWaiters,
      InstantSource clock,
      MqttLimits limits,
      SensorPaces paces,
      MqttCounters counters) {}

  // What objects take on a 64-bit JVM, rounded up: a reading is a record of nine optionals of 24
  // bytes each, a message of a few bytes can hold hundreds of them.
  private static final int SUBMISSION_BYTES = 256;
  private static final int READING_BYTES = 288;
  private static final int REJECTION_BYTES = 160;

  private final Shared shared;
  private final SensorDirectory.Entry sensor;
  private final Rights.OfSensor rights;

  /** What was sent since somebody asked whether that was too much. */
  private int unpacedMessages;

  private long unpacedBytes;

  Intake(Shared shared, SensorDirectory.Entry sensor, Rights.OfSensor rights) {
    this.shared = shared;
    this.sensor = sensor;
    this.rights = rights;
  }

  @Override
  public void publish(String topic, Publish message, Receipt receipt) {
    shared.counters().countReceived();
    byte[] payload = message.payload();
    unpacedMessages++;
    unpacedBytes += payload.length;
    boolean repeated = message.isRepeated();
    Optional<Rights.Content> content = rights.publish(topic);
    if (content.isEmpty()) {
      reject(
          topic,
          repeated,
          new Rejection(Rejection.Reason.TOPIC, rights.whyNot(topic), payload, payload.length),
          receipt);
    } else if (content.get() == Rights.Content.READINGS) {
      readings(topic, repeated, shared.json().decode(payload), receipt);
    } else {
      status(topic, repeated, payload, receipt);
    }
  }

  @Override
  public void publish(String topic, OversizePublish message, Receipt receipt) {
    shared.counters().countReceived();
    reject(topic, message.head().isRepeated(), message.rejection(), receipt);
  }

  @Override
  public long pauseNanos(long nowNanos) {
    if (!shared.paces().areLimited() || unpacedMessages == 0) {
      return 0;
    }
    long pause = shared.paces().sent(sensor.id(), unpacedMessages, unpacedBytes, nowNanos);
    unpacedMessages = 0;
    unpacedBytes = 0;
    return pause;
  }

  @Override
  public boolean knowsWhatComesAgain() {
    return true;
  }

  @Override
  public boolean isFull(boolean held) {
    return held ? shared.queue().isFullForHeld() : shared.queue().isFull();
  }

  @Override
  public void whenRoom(Object key, Runnable resume) {
    shared.roomWaiters().whenRoom(key, resume);
  }

  @Override
  public void forget(Object key) {
    shared.roomWaiters().forget(key);
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
        Receipt.NOBODY);
  }

  private void readings(String topic, boolean repeated, Decoded decoded, Receipt receipt) {
    int sizeBytes = SUBMISSION_BYTES + READING_BYTES * decoded.readings().size();
    for (Rejection rejection : decoded.rejections()) {
      shared.counters().countRejected(rejection.reason());
      sizeBytes += sizeBytes(rejection);
    }
    if (decoded.readings().isEmpty() && !decoded.rejections().isEmpty()) {
      // It must not send it again, but somebody may want to know why.
      receipt.rejected(decoded.rejections().get(0));
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
                receipt));
  }

  private void status(String topic, boolean repeated, byte[] payload, Receipt receipt) {
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
          receipt);
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
                receipt));
  }

  private void reject(String topic, boolean repeated, Rejection rejection, Receipt receipt) {
    shared.counters().countRejected(rejection.reason());
    receipt.rejected(rejection);
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
                receipt));
  }

  private Submission submission(
      String topic,
      boolean repeated,
      int sizeBytes,
      List<Reading> readings,
      List<Rejection> rejections,
      Optional<Submission.StatusChange> status,
      Receipt receipt) {
    return new Submission(
        sensor.id(),
        topic,
        repeated,
        shared.clock().instant(),
        sizeBytes,
        readings,
        rejections,
        status,
        receipt);
  }

  private static int sizeBytes(Rejection rejection) {
    return REJECTION_BYTES + Math.min(rejection.sizeBytes(), Rejection.EXCERPT_BYTES_MAX);
  }
}
