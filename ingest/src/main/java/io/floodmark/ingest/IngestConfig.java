package io.floodmark.ingest;

import io.floodmark.ingest.mqtt.MqttLimits;
import io.floodmark.ingest.mqtt.MqttRates;
import io.floodmark.tls.SecurePort;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Settings of the line.
 *
 * @param mqttHost name or address of the interface to listen on
 * @param mqttPort 0 to 65,535; 0 picks a free one; without one, it speaks TLS only
 * @param mqtts where it speaks TLS
 * @param rates how much one address and one sensor may do
 * @param mqttOpen whether clients may come in that do not say who they are; only on this machine
 * @param payloadBytesMax largest payload of a message, 1 to 16 MiB
 * @param queueCountMax messages not committed yet at which reading from sockets stops, 1 or more
 * @param queueBytesMax what such messages may take in memory, in bytes, 1 or more
 * @param zone by whose clock nights are told
 * @param readingsKept how old a reading may become before it is dropped
 */
public record IngestConfig(
    String mqttHost,
    OptionalInt mqttPort,
    Optional<SecurePort> mqtts,
    MqttRates rates,
    boolean mqttOpen,
    int payloadBytesMax,
    int queueCountMax,
    long queueBytesMax,
    ZoneId zone,
    Duration readingsKept) {

  /** Only this machine. */
  public static final String DEFAULT_MQTT_HOST = "127.0.0.1";

  /** The port that is registered for MQTT. */
  public static final int DEFAULT_MQTT_PORT = 1_883;

  /** A few seconds of what one machine can commit. */
  public static final int DEFAULT_QUEUE_COUNT_MAX = 50_000;

  /** 64 MiB, so that it fits the smallest machine that runs us. */
  public static final long DEFAULT_QUEUE_BYTES_MAX = 64L * 1024 * 1024;

  /** Three years. */
  public static final Duration DEFAULT_READINGS_KEPT = Duration.ofDays(1_095);

  /** What is in force unless a setting says otherwise. */
  public static final IngestConfig DEFAULT =
      new IngestConfig(
          DEFAULT_MQTT_HOST,
          OptionalInt.of(DEFAULT_MQTT_PORT),
          Optional.empty(),
          MqttRates.DEFAULT,
          false,
          MqttLimits.DEFAULT_PAYLOAD_BYTES_MAX,
          DEFAULT_QUEUE_COUNT_MAX,
          DEFAULT_QUEUE_BYTES_MAX,
          ZoneId.of("Asia/Ho_Chi_Minh"),
          DEFAULT_READINGS_KEPT);

  /**
   * Checks what the listener does not check itself.
   *
   * @throws IllegalArgumentException if a bound of the queue is not positive
   */
  public IngestConfig {
    if (queueCountMax < 1 || queueBytesMax < 1) {
      throw new IllegalArgumentException(
          "The queue's bounds must be positive: " + queueCountMax + ", " + queueBytesMax);
    }
  }

  /** The same on another address. */
  public IngestConfig withMqtt(String host, int port) {
    return withMqtt(host, OptionalInt.of(port), mqtts);
  }

  /**
   * The same on another address.
   *
   * @param plain the port on which TLS is not spoken, if there is one
   * @param secure that on which it is
   */
  public IngestConfig withMqtt(String host, OptionalInt plain, Optional<SecurePort> secure) {
    return with(host, plain, secure, rates, mqttOpen, payloadBytesMax, zone);
  }

  /** The same with other rates. */
  public IngestConfig withRates(MqttRates others) {
    return with(mqttHost, mqttPort, mqtts, others, mqttOpen, payloadBytesMax, zone);
  }

  /** The same for everybody, or for those alone who say who they are. */
  public IngestConfig withMqttOpen(boolean open) {
    return with(mqttHost, mqttPort, mqtts, rates, open, payloadBytesMax, zone);
  }

  /** The same with another largest payload. */
  public IngestConfig withPayloadBytesMax(int bytes) {
    return with(mqttHost, mqttPort, mqtts, rates, mqttOpen, bytes, zone);
  }

  /** The same by another clock. */
  public IngestConfig withZone(ZoneId other) {
    return with(mqttHost, mqttPort, mqtts, rates, mqttOpen, payloadBytesMax, other);
  }

  private IngestConfig with(
      String host,
      OptionalInt port,
      Optional<SecurePort> secure,
      MqttRates others,
      boolean open,
      int bytes,
      ZoneId other) {
    return new IngestConfig(
        host, port, secure, others, open, bytes, queueCountMax, queueBytesMax, other, readingsKept);
  }

  /** The same with readings that are kept for another time. */
  public IngestConfig withReadingsKept(Duration kept) {
    return new IngestConfig(
        mqttHost,
        mqttPort,
        mqtts,
        rates,
        mqttOpen,
        payloadBytesMax,
        queueCountMax,
        queueBytesMax,
        zone,
        kept);
  }
}
