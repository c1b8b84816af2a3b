package io.floodmark.ingest.packet;

import io.floodmark.ingest.broker.Subscription.RetainHandling;
import java.util.List;
import java.util.OptionalLong;

/** A packet that a client sends. Immutable. */
public sealed interface Packet
    permits Connect,
        Publish,
        Packet.Acknowledgement,
        Packet.Subscribe,
        Packet.Unsubscribe,
        Packet.Ping,
        Packet.Disconnect,
        Packet.Authenticate,
        Packet.Unreadable {

  /**
   * The four packets that carry a publish on (§3.4 to §3.7).
   *
   * @param packetId 1 to 65,535
   * @param reasonCode 0 in 3.1.1; 0x80 and above for a failure
   */
  record Acknowledgement(AckType type, int packetId, int reasonCode) implements Packet {
    /** Whether the other end could not do what it was sent. */
    public boolean isFailure() {
      return reasonCode >= ReasonCode.UNSPECIFIED.code();
    }
  }

  /**
   * SUBSCRIBE (§3.8).
   *
   * @param packetId 1 to 65,535
   * @param identifier what to send along with each message, 1 to 268,435,455; 0 for none
   * @param filters one or more
   */
  record Subscribe(int packetId, int identifier, List<Filter> filters) implements Packet {
    /** Copies the filters. */
    public Subscribe {
      filters = List.copyOf(filters);
    }
  }

  /**
   * One subscription that is asked for (MQTT 5.0 §3.8.3.1); 3.1.1 knows only filter and QoS.
   *
   * @param filter not empty; whether it is a filter is not checked yet
   * @param qos 0 to 2
   * @param noLocal whether what the client publishes itself is kept from it
   * @param retainAsPublished whether the retain flag stays as the publisher set it
   */
  record Filter(
      String filter,
      int qos,
      boolean noLocal,
      boolean retainAsPublished,
      RetainHandling retainHandling) {}

  /**
   * UNSUBSCRIBE (§3.10).
   *
   * @param filters one or more
   */
  record Unsubscribe(int packetId, List<String> filters) implements Packet {
    /** Copies the filters. */
    public Unsubscribe {
      filters = List.copyOf(filters);
    }
  }

  /** PINGREQ (§3.12). */
  record Ping() implements Packet {
    static final Ping INSTANCE = new Ping();
  }

  /**
   * DISCONNECT (§3.14).
   *
   * @param reasonCode 0 in 3.1.1
   * @param sessionExpirySeconds how long the session is to be kept after all; empty: as CONNECT
   *     said
   */
  record Disconnect(int reasonCode, OptionalLong sessionExpirySeconds) implements Packet {}

  /** AUTH (MQTT 5.0 §3.15). */
  record Authenticate() implements Packet {}

  /**
   * What is no packet; nothing after it can be read.
   *
   * @param reason what the client is told
   * @param why half a sentence
   * @param answerable whether it is a CONNECT that has shown to be of MQTT 5, so that a CONNACK
   *     with a reason can be read
   */
  record Unreadable(ReasonCode reason, String why, boolean answerable) implements Packet {}
}
