package io.floodmark.ingest.broker;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * One connection's hold on its session. Once it is {@linkplain Outlet#end ended}, {@linkplain #lost
 * lost} or disconnected, nothing that it is told counts any more, and there is nothing to poll.
 *
 * <p>Safe for use by any thread; calls of one connection have to come in the order of its packets.
 * Receipts run at once on the calling thread, or later on the thread that commits; they must only
 * hand over. While the database is away they wait; a receipt that never comes is no answer, and
 * none may be sent. Receipts may come in another order than the calls: where the protocol wants
 * order, the caller keeps it.
 */
@SuppressWarnings("DoNotCallSuggester") // names first
public final class BrokerConnection {
  BrokerConnection() {}

  /** Whose it is. */
  public ClientKey client() {
    throw new UnsupportedOperationException();
  }

  /** The session expiry interval in force. */
  public long sessionExpirySeconds() {
    throw new UnsupportedOperationException();
  }

  /**
   * A PUBLISH of QoS 0 or 1.
   *
   * @param receipt told once it is safe: then PUBACK may be sent
   */
  public void publish(Message message, Consumer<PublishOutcome> receipt) {
    throw new UnsupportedOperationException();
  }

  /**
   * A PUBLISH of QoS 2. One whose packet id is not released yet is the same again, and is not
   * routed (§4.3.3).
   *
   * @param receipt told once it is safe: then PUBREC may be sent
   */
  public void publishExactlyOnce(int packetId, Message message, Consumer<PublishOutcome> receipt) {
    throw new UnsupportedOperationException();
  }

  /**
   * A PUBREL: the packet id means another message from now on.
   *
   * @param receipt told once that is safe: then PUBCOMP may be sent. True if the packet id was in
   *     use, else PUBCOMP says 0x92
   */
  public void release(int packetId, Consumer<Boolean> receipt) {
    throw new UnsupportedOperationException();
  }

  /**
   * A SUBSCRIBE by a client that may. Retained messages begin to come at once, perhaps before the
   * SUBACK (§3.8.4).
   *
   * @param receipt told what became of each, once it is safe: then SUBACK may be sent
   */
  public void subscribe(List<Subscription> wanted, Consumer<List<SubscribeOutcome>> receipt) {
    throw new UnsupportedOperationException();
  }

  /**
   * An UNSUBSCRIBE.
   *
   * @param receipt told of each whether it was there (else 0x11), once it is safe: then UNSUBACK
   *     may be sent
   */
  public void unsubscribe(List<TopicFilter> filters, Consumer<List<Boolean>> receipt) {
    throw new UnsupportedOperationException();
  }

  /**
   * The next packet to send; empty if there is none for now. What is polled counts as sent: it has
   * to be written, or the connection closed.
   */
  public Optional<Outgoing> poll() {
    throw new UnsupportedOperationException();
  }

  /** A PUBACK, whatever its reason. */
  public void acknowledged(int packetId) {
    throw new UnsupportedOperationException();
  }

  /**
   * A PUBREC. A PUBREL comes by {@link #poll} if {@code success}; else the message is over
   * (§4.3.3).
   *
   * @param success whether its reason code is below 0x80
   * @return whether the packet id is in use; if not, and {@code success}, PUBREL says 0x92
   */
  public boolean received(int packetId, boolean success) {
    throw new UnsupportedOperationException();
  }

  /** A PUBCOMP. */
  public void completed(int packetId) {
    throw new UnsupportedOperationException();
  }

  /**
   * A DISCONNECT. The caller has checked that the interval may change: not from 0 (MQTT-3.14.2-2).
   *
   * @param sessionExpirySeconds another session expiry interval; empty to keep that in force
   * @param withWill whether the will is to be said all the same (reason code 0x04)
   */
  public void disconnect(OptionalLong sessionExpirySeconds, boolean withWill) {
    throw new UnsupportedOperationException();
  }

  /** The connection has closed without DISCONNECT, or we close it: the will is to be said. */
  public void lost() {
    throw new UnsupportedOperationException();
  }
}
