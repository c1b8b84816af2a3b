package io.floodmark.ingest.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
public final class BrokerConnection {
  // What an answer holds of one filter until it may be given: places in two lists, in ours and in
  // that of whoever gives it.
  private static final int ANSWER_BYTES = 16;

  private final Broker broker;
  private final Session session;
  private final Outlet outlet;
  private final int window;
  private final int packetBytesMax;
  private Optional<Will> will;

  /** Guarded by the broker's lock; read without it only where it may be over a moment later. */
  private volatile boolean active = true;

  BrokerConnection(Broker broker, Session session, ConnectRequest request) {
    this.broker = broker;
    this.session = session;
    this.outlet = request.outlet();
    this.window = Math.min(request.receiveMaximum(), broker.limits().inFlightMax());
    this.packetBytesMax = request.packetBytesMax();
    this.will = request.will();
  }

  /** Whose it is. */
  public ClientKey client() {
    return session.client();
  }

  /** The session expiry interval in force. */
  public long sessionExpirySeconds() {
    return broker.guarded(session::expirySeconds);
  }

  /**
   * A PUBLISH of QoS 0 or 1.
   *
   * @param receipt told once it is safe: then PUBACK may be sent
   */
  public void publish(Message message, Consumer<PublishOutcome> receipt) {
    whileActive(() -> publish(broker.journal().changes(), message, receipt));
  }

  /**
   * A PUBLISH of QoS 2. One whose packet id is not released yet is the same again, and is not
   * routed (§4.3.3).
   *
   * @param receipt told once it is safe: then PUBREC may be sent
   */
  public void publishExactlyOnce(int packetId, Message message, Consumer<PublishOutcome> receipt) {
    whileActive(
        () -> {
          if (session.receive(packetId)) {
            long before = broker.journal().changes();
            broker.journal().received(session, packetId);
            publish(before, message, receipt);
          } else {
            // Perhaps what it brought at first is not safe yet.
            broker.whenAllSafe(told(() -> receipt.accept(PublishOutcome.ROUTED)));
          }
        });
  }

  /**
   * Whether the packet id was received with QoS 2 and is not released yet, for what is not routed
   * here: the caller has to answer, and to do nothing else.
   */
  public boolean isHeld(int packetId) {
    return broker.guarded(() -> active && session.received().contains(packetId));
  }

  /**
   * A PUBREL: the packet id means another message from now on.
   *
   * @param receipt told once that is safe: then PUBCOMP may be sent. True if the packet id was in
   *     use, else PUBCOMP says 0x92
   */
  public void release(int packetId, Consumer<Boolean> receipt) {
    whileActive(
        () -> {
          boolean inUse = session.release(packetId);
          long before = broker.journal().changes();
          if (inUse) {
            broker.journal().released(session, packetId);
          } else if (session.isDurable()) {
            // Perhaps a PUBREL that came before is not safe yet.
            before--;
          }
          broker.whenSafe(before, told(() -> receipt.accept(inUse)));
        });
  }

  /**
   * A SUBSCRIBE by a client that may. Retained messages begin to come at once, perhaps before the
   * SUBACK (§3.8.4). Each filter may bring all that is retained, so others have their turn between
   * one and the next.
   *
   * @param receipt told what became of each, once it is safe: then SUBACK may be sent
   */
  public void subscribe(List<Subscription> wanted, Consumer<List<SubscribeOutcome>> receipt) {
    List<SubscribeOutcome> outcomes = new ArrayList<>(wanted.size());
    boolean changed = false;
    for (Subscription subscription : wanted) {
      changed |= broker.guarded(() -> active && changes(subscription, outcomes));
    }
    Runnable answer = told(() -> receipt.accept(List.copyOf(outcomes)));
    int bytes = ANSWER_BYTES * wanted.size();
    if (changed) {
      whileActive(() -> broker.whenAllSafe(answer, bytes));
    } else {
      answer.run();
    }
  }

  /** With the lock: subscribes, and says whether that has to be written. */
  private boolean changes(Subscription subscription, List<SubscribeOutcome> outcomes) {
    long before = broker.journal().changes();
    outcomes.add(subscribe(subscription));
    return broker.journal().changes() != before;
  }

  /**
   * An UNSUBSCRIBE. Messages that wait already are still sent (§3.10.4).
   *
   * @param receipt told of each whether it was there (else 0x11), once it is safe: then UNSUBACK
   *     may be sent
   */
  public void unsubscribe(List<TopicFilter> filters, Consumer<List<Boolean>> receipt) {
    whileActive(
        () -> {
          long before = broker.journal().changes();
          List<Boolean> were = new ArrayList<>();
          for (TopicFilter filter : filters) {
            were.add(broker.router().unsubscribe(session, filter));
          }
          broker.whenSafe(
              before, told(() -> receipt.accept(List.copyOf(were))), ANSWER_BYTES * were.size());
        });
  }

  /**
   * Ends the subscriptions that {@code may} does not allow any more, and drops what waits because
   * of them. To be called before the first {@link #poll} where the session was there before.
   */
  public void keepOnly(Predicate<TopicFilter> may) {
    whileActive(() -> broker.router().keepOnly(session, may));
  }

  /**
   * The next packet to send; empty if there is none for now. What is polled counts as sent: it has
   * to be written, or the connection closed.
   */
  public Optional<Outgoing> poll() {
    return broker.guarded(
        () ->
            active
                ? session
                    .findOutbox()
                    .flatMap(outbox -> outbox.poll(broker.now(), window, packetBytesMax))
                : Optional.empty());
  }

  /** A PUBACK, whatever its reason. */
  public void acknowledged(int packetId) {
    whileActive(() -> outbox(outbox -> outbox.acknowledged(packetId)));
  }

  /**
   * A PUBREC. A PUBREL comes by {@link #poll} if {@code success}; else the message is over
   * (§4.3.3).
   *
   * @param success whether its reason code is below 0x80
   * @return whether the packet id is in use; if not, and {@code success}, PUBREL says 0x92
   */
  public boolean received(int packetId, boolean success) {
    return broker.guarded(
        () -> {
          boolean inUse =
              active
                  && session
                      .findOutbox()
                      .filter(outbox -> outbox.received(packetId, success))
                      .isPresent();
          session.wake();
          return inUse;
        });
  }

  /** A PUBCOMP. */
  public void completed(int packetId) {
    whileActive(() -> outbox(outbox -> outbox.completed(packetId)));
  }

  /**
   * A DISCONNECT. The caller has checked that the interval may change: not from 0 (MQTT-3.14.2-2).
   *
   * @param sessionExpirySeconds another session expiry interval; empty to keep that in force
   * @param withWill whether the will is to be said all the same (reason code 0x04)
   */
  public void disconnect(OptionalLong sessionExpirySeconds, boolean withWill) {
    whileActive(
        () -> {
          if (sessionExpirySeconds.isPresent() && session.isDurable()) {
            broker.setExpiry(session, sessionExpirySeconds.getAsLong());
          }
          broker.endings().detach(this, withWill ? will : Optional.empty());
        });
  }

  /** The connection has closed without DISCONNECT, or we close it: the will is to be said. */
  public void lost() {
    whileActive(() -> broker.endings().detach(this, will));
  }

  Session session() {
    return session;
  }

  Outlet outlet() {
    return outlet;
  }

  Optional<Will> will() {
    return will;
  }

  /** With the lock: it is over. */
  void deactivate() {
    active = false;
    will = Optional.empty();
  }

  private void publish(long before, Message message, Consumer<PublishOutcome> receipt) {
    boolean refusable = message.qos() > 0 && outlet.understandsReasons();
    broker.publishLocked(before, client(), message, refusable, told(receipt));
  }

  private SubscribeOutcome subscribe(Subscription subscription) {
    if (!session.isSubscribed(subscription.filter())
        && session.subscriptionCount() >= broker.limits().subscriptionsMax()) {
      broker.counters().countSubscriptionRefused();
      return SubscribeOutcome.QUOTA_EXCEEDED;
    }
    broker.router().subscribe(session, subscription, broker.now());
    return SubscribeOutcome.GRANTED;
  }

  private void outbox(Consumer<Outbox> acknowledgement) {
    session.findOutbox().ifPresent(acknowledgement);
    // There may be room for the next.
    session.wake();
  }

  /**
   * A receipt that comes only while the connection is there: a session may be gone to another
   * process just then, and nothing of it be written.
   */
  private Runnable told(Runnable receipt) {
    return () -> {
      if (active) {
        receipt.run();
      }
    };
  }

  private Consumer<PublishOutcome> told(Consumer<PublishOutcome> receipt) {
    return outcome -> {
      if (active) {
        receipt.accept(outcome);
      }
    };
  }

  private void whileActive(Runnable work) {
    broker.run(
        () -> {
          if (active) {
            work.run();
          }
        });
  }
}
