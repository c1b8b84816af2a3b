package io.floodmark.sim.uplink;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device's line to the broker: a store of what is not acknowledged, and a connection that is made
 * again whenever it is lost. A message leaves the store when its PUBACK has arrived and not before;
 * what was in flight when a connection ended is sent again on the next one, oldest first, as a new
 * PUBLISH with the same content.
 *
 * <p>Confined to the loop, methods and callbacks alike.
 */
public final class Uplink {
  private static final Logger log = LoggerFactory.getLogger(Uplink.class);

  private final BrokerAddress broker;
  private final Device device;
  private final UplinkSettings settings;
  private final SimLoop loop;
  private final UplinkCounters counters;
  private final Runnable drained;
  private final Backlog backlog;
  private final Backoff backoff;

  private Optional<MqttLink> link = Optional.empty();
  private SimLoop.Timer timer = SimLoop.Timer.NONE;
  private boolean up;
  private boolean networkThere = true;
  private boolean stopping;
  private Runnable stopped = () -> {};
  private long connections;
  private long newestSent;

  /**
   * A line that is not yet opened.
   *
   * @param random for the waits between attempts
   * @param drained called each time the last message of the store has been acknowledged
   */
  public Uplink(
      BrokerAddress broker,
      Device device,
      UplinkSettings settings,
      SimLoop loop,
      RandomGenerator random,
      UplinkCounters counters,
      Runnable drained) {
    this.broker = broker;
    this.device = device;
    this.settings = settings;
    this.loop = loop;
    this.counters = counters;
    this.drained = drained;
    this.backlog = new Backlog(settings.storeMax());
    this.backoff = new Backoff(settings.retryFirst(), settings.retryMax(), random);
  }

  /** Connects, and from now on whenever there is no connection. */
  public void start() {
    connect();
  }

  /**
   * Stores a message for the readings topic and sends it when its turn comes.
   *
   * @param readings how many are in it, for the counters
   */
  public void offer(String payload, int readings) {
    offer(payload, readings, Receipt.NONE);
  }

  /**
   * As {@link #offer(String, int)}.
   *
   * @param receipt is told what becomes of it
   */
  public void offer(String payload, int readings, Receipt receipt) {
    if (!up) {
      counters.stored.add(readings);
    }
    backlog
        .add(payload, readings, receipt)
        .ifPresent(
            overwritten -> {
              counters.overwritten.add(overwritten.readings());
              overwritten.receipt().lost();
            });
    sendWaiting();
  }

  /** Takes the network away from the device, or gives it back. */
  public void setNetworkThere(boolean there) {
    networkThere = there;
    if (!there) {
      link.ifPresent(
          open -> {
            open.cut();
            lost(open, "no network");
          });
    } else {
      connect();
    }
  }

  /**
   * Ends deliberately: waits for acknowledgements in flight, publishes {@code offline}, says
   * DISCONNECT, so that the broker publishes no will. Without a connection it just ends.
   *
   * @param done called once, within twice the stop timeout
   * @throws IllegalStateException if it was stopped before
   */
  public void stop(Runnable done) {
    if (stopping) {
      throw new IllegalStateException("An uplink stops once.");
    }
    stopping = true;
    stopped = done;
    timer.cancel();
    if (link.isEmpty()) {
      ended();
      return;
    }
    MqttLink open = link.get();
    timer = loop.after(settings.stopTimeout(), () -> leave(open));
    if (up) {
      sayOffline(open);
    }
    // Otherwise it is still connecting, and leaves when it is there.
  }

  private void sayOffline(MqttLink open) {
    // Acknowledgements come in the order of sending: this comes after those of readings in flight.
    if (!device.announcesItself()
        || !open.publish(device.statusTopic(), "offline", true, () -> leave(open))) {
      leave(open);
    }
  }

  private void connect() {
    if (stopping || !networkThere || link.isPresent()) {
      return;
    }
    timer.cancel();
    MqttLink next = new MqttLink(broker, device, settings, loop);
    link = Optional.of(next);
    next.connect(() -> connected(next), why -> lost(next, why));
  }

  private void connected(MqttLink fresh) {
    if (!isCurrent(fresh)) {
      return;
    }
    up = true;
    backoff.reset();
    counters.connected.increment();
    connections++;
    if (connections > 1) {
      counters.reconnects.increment();
    }
    log.debug("{}: connected, {} messages stored", device, backlog.size());
    if (stopping) {
      leave(fresh);
      return;
    }
    if (device.announcesItself()) {
      fresh.publish(device.statusTopic(), "online", true, () -> {});
    }
    sendWaiting();
  }

  private void lost(MqttLink gone, String why) {
    if (!isCurrent(gone)) {
      return;
    }
    log.debug("{}: connection lost: {}", device, why);
    forget();
    backlog.returnInFlight();
    if (stopping) {
      ended();
    } else if (networkThere) {
      timer = loop.after(backoff.next(), this::connect);
    }
  }

  private void forget() {
    link = Optional.empty();
    if (up) {
      up = false;
      counters.connected.decrement();
    }
  }

  private void sendWaiting() {
    while (up && !stopping && backlog.inFlight() < settings.inFlightMax()) {
      Optional<Backlog.Message> oldest = backlog.takeOldest();
      if (oldest.isEmpty() || !send(oldest.get())) {
        return;
      }
    }
  }

  private boolean send(Backlog.Message message) {
    boolean handedOver =
        link.orElseThrow()
            .publish(
                device.readingsTopic(),
                message.payload(),
                false,
                () -> acknowledged(message.number()));
    if (!handedOver) {
      // Either the connection is going, which will be told, or Paho's window is full and an
      // acknowledgement is near.
      backlog.returnToWaiting(message);
    } else if (message.number() <= newestSent) {
      counters.repeated.add(message.readings());
    } else {
      newestSent = message.number();
      counters.sent.add(message.readings());
    }
    return handedOver;
  }

  private void acknowledged(long number) {
    Optional<Backlog.Message> settled = backlog.acknowledge(number);
    if (settled.isEmpty()) {
      return;
    }
    // First the receipt: who sees the count must find what the receipt has written.
    settled.get().receipt().acknowledged();
    counters.acknowledged.add(settled.get().readings());
    sendWaiting();
    if (backlog.isEmpty()) {
      drained.run();
    }
  }

  private void leave(MqttLink open) {
    if (!isCurrent(open)) {
      return;
    }
    timer.cancel();
    boolean wasUp = up;
    forget();
    if (!wasUp) {
      open.cut();
      ended();
      return;
    }
    timer =
        loop.after(
            settings.stopTimeout(),
            () -> {
              open.cut();
              ended();
            });
    open.disconnect(this::ended);
  }

  private void ended() {
    timer.cancel();
    Runnable done = stopped;
    stopped = () -> {};
    done.run();
  }

  private boolean isCurrent(MqttLink candidate) {
    return link.isPresent() && link.get() == candidate;
  }
}
