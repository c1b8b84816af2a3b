package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.Rejection;
import io.floodmark.ingest.packet.ReasonCode;
import io.floodmark.metrics.Histogram;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the listener has seen since it was made, so that a loss would show. Every count only grows.
 * Safe for use by any thread.
 */
public final class MqttCounters {
  /** Why a connection did not become a session. */
  public enum Refusal {
    /** As many connections as there may be. */
    CONNECTION_LIMIT,
    /** As many connections of its address as there may be. */
    ADDRESS_CONNECTIONS,
    /** So many new connections of its address that it would have had to wait for too long. */
    ADDRESS_CONNECTS,
    /** No TLS, none that we speak, or a certificate that no authority of ours has signed. */
    TLS,
    /** No CONNECT in time, or no end of the TLS handshake before it. */
    CONNECT_TIMEOUT,
    /** Neither MQTT 3.1.1 nor 5.0 (CONNACK 0x01). */
    PROTOCOL_VERSION,
    /** A client id that is too long, or empty where it may not be (CONNACK 0x02, 0x85). */
    CLIENT_ID,
    /**
     * Sensors and tokens are not read from the database yet, or we are stopping (CONNACK 0x03,
     * 0x88), or no more durable sessions can wait to be written (0x89).
     */
    UNAVAILABLE,
    /**
     * No password, or no user name that could be a sensor's and no reader's token (CONNACK 0x04,
     * 0x86).
     */
    CREDENTIALS,
    /**
     * An unknown or retired sensor, a token that is wrong or over, or a certificate of another
     * sensor (CONNACK 0x05, 0x87).
     */
    NOT_AUTHORIZED,
    /** A will that is not the sensor's own status, or any of a reader (CONNACK 0x05, 0x87). */
    WILL,
    /** It takes only packets that are shorter than our CONNACK (CONNACK 0x95). */
    PACKET_SIZE,
    /** It wants to authenticate by an exchange of packets (CONNACK 0x8C). */
    AUTHENTICATION_METHOD
  }

  /** Why we closed a connection. */
  public enum Closing {
    /** Bytes that are no MQTT, or MQTT where it may not be. */
    MALFORMED(ReasonCode.MALFORMED_PACKET),
    /** Nothing heard for one and a half keep-alive times. */
    KEEP_ALIVE(ReasonCode.KEEP_ALIVE_TIMEOUT),
    /** It took nothing of what it was sent for a minute. */
    WRITE_STALL(ReasonCode.UNSPECIFIED),
    /** More messages of QoS 1 and 2 under way than there may be. */
    RECEIVE_MAXIMUM(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED),
    /** A publish larger than the largest payload, once it was acknowledged. */
    OVERSIZE(ReasonCode.PACKET_TOO_LARGE),
    /** The same client id connected again, or the sensor or token has too many sessions. */
    TAKEN_OVER(ReasonCode.SESSION_TAKEN_OVER),
    /** The sensor was retired or has another token now, or the reader's token was revoked. */
    REVOKED(ReasonCode.NOT_AUTHORIZED),
    /** The time of a reader's token is over. */
    EXPIRED(ReasonCode.NOT_AUTHORIZED),
    /** It has published what it may not, where only this says so. */
    NOT_AUTHORIZED(ReasonCode.NOT_AUTHORIZED),
    /** We stop. */
    STOPPING(ReasonCode.SERVER_SHUTTING_DOWN),
    /** A fault of ours while handling the connection. */
    FAULT(ReasonCode.UNSPECIFIED);

    private final ReasonCode reason;

    Closing(ReasonCode reason) {
      this.reason = reason;
    }

    /** What MQTT 5 is told, unless there is more to say. */
    ReasonCode reason() {
      return reason;
    }
  }

  private final LongAdder connected = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder readings = new LongAdder();
  private final LongAdder badFields = new LongAdder();
  private final LongAdder statuses = new LongAdder();
  private final LongAdder wills = new LongAdder();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder paused = new LongAdder();
  private final LongAdder throttled = new LongAdder();
  private final LongAdder connectsDelayed = new LongAdder();
  private final LongAdder refusalsDelayed = new LongAdder();
  private final Histogram commitNanos = Histogram.ofNanos();
  private final Histogram acknowledgeNanos = Histogram.ofNanos();
  private final Map<Rejection.Reason, LongAdder> rejected = adders(Rejection.Reason.class);
  private final Map<Refusal, LongAdder> refused = adders(Refusal.class);
  private final Map<Closing, LongAdder> closed = adders(Closing.class);

  /** Sessions that were accepted. */
  public long connected() {
    return connected.sum();
  }

  /** Connections that did not become a session, for this reason. */
  public long refused(Refusal reason) {
    return count(refused, reason);
  }

  /** Connections that we closed, for this reason. */
  public long closed(Closing reason) {
    return count(closed, reason);
  }

  /** PUBLISH packets received from sensors in a session. */
  public long received() {
    return received.sum();
  }

  /** Readings decoded and handed over for commit. */
  public long readings() {
    return readings.sum();
  }

  /** Messages, or elements of one, that were no reading, for this reason. */
  public long rejected(Rejection.Reason reason) {
    return count(rejected, reason);
  }

  /** Fields of readings that were unreadable and are stored as absent. */
  public long badFields() {
    return badFields.sum();
  }

  /** Status messages handed over for commit, wills aside. */
  public long statuses() {
    return statuses.sum();
  }

  /** Wills handed over for commit. */
  public long wills() {
    return wills.sum();
  }

  /** PUBACK and PUBREC packets written. */
  public long acknowledged() {
    return acknowledged.sum();
  }

  /** Times that reading from a session stopped because the commit queue was full. */
  public long paused() {
    return paused.sum();
  }

  /** Times that reading from a session stopped because its sensor sent more than it may. */
  public long throttled() {
    return throttled.sum();
  }

  /** New connections that had to wait because of many others of their address. */
  public long connectsDelayed() {
    return connectsDelayed.sum();
  }

  /** Failed attempts to sign in whose answer was held back. */
  public long refusalsDelayed() {
    return refusalsDelayed.sum();
  }

  /** From the arrival of each message of QoS 1 or 2 to its commit, in nanoseconds. */
  public Histogram commitNanos() {
    return commitNanos;
  }

  /** From its arrival to its PUBACK or PUBREC, handed to the network, in nanoseconds. */
  public Histogram acknowledgeNanos() {
    return acknowledgeNanos;
  }

  void countConnected() {
    connected.increment();
  }

  void countRefused(Refusal reason) {
    increment(refused, reason);
  }

  void countClosed(Closing reason) {
    increment(closed, reason);
  }

  void countReceived() {
    received.increment();
  }

  void countReadings(int count) {
    readings.add(count);
  }

  void countRejected(Rejection.Reason reason) {
    increment(rejected, reason);
  }

  void countBadFields(int count) {
    badFields.add(count);
  }

  void countStatus() {
    statuses.increment();
  }

  void countWill() {
    wills.increment();
  }

  void countAcknowledged(int count) {
    acknowledged.add(count);
  }

  void countPaused() {
    paused.increment();
  }

  void countThrottled() {
    throttled.increment();
  }

  void countConnectDelayed() {
    connectsDelayed.increment();
  }

  void countRefusalDelayed() {
    refusalsDelayed.increment();
  }

  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> reasons) {
    Map<E, LongAdder> adders = new EnumMap<>(reasons);
    for (E reason : reasons.getEnumConstants()) {
      adders.put(reason, new LongAdder());
    }
    return adders;
  }

  private static <E extends Enum<E>> void increment(Map<E, LongAdder> adders, E reason) {
    adders.get(reason).increment();
  }

  private static <E extends Enum<E>> long count(Map<E, LongAdder> adders, E reason) {
    return adders.get(reason).sum();
  }
}
