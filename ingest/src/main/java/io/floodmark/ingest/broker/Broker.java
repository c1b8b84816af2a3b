package io.floodmark.ingest.broker;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sessions, subscriptions and retained messages, and how a message finds its way among them.
 *
 * <p>Safe for use by any thread. One lock guards all that it holds; nothing in it blocks, and
 * nothing that could call back is called while it is held, but for {@link Outlet}, which only hands
 * over.
 *
 * <p><b>Order.</b> Messages of one publisher reach a subscriber in the order in which they were
 * published, those of QoS 0 and those of QoS 1 and 2 each for themselves (§4.6). A message that
 * matches several subscriptions of a session is sent once, with the highest QoS and all their
 * identifiers (§3.3.4).
 *
 * <p><b>The server's own messages</b> ({@link #publishState}) tell a state that the tables have:
 * they are retained, of QoS 1, and never written. Of those of a topic that wait for a session only
 * the newest is sent.
 */
@SuppressWarnings("DoNotCallSuggester") // names first
public final class Broker {
  private Broker() {}

  /**
   * A broker whose sessions end with the process.
   *
   * @param access who may be sent what
   * @param clock for everything that expires
   */
  public static Broker inMemory(
      BrokerLimits limits, Access access, InstantSource clock, BrokerCounters counters) {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes in a connection. Another of the same client is {@linkplain Outlet#end ended} (§3.1.4).
   * {@link Outlet#wake} may come before this returns.
   */
  public ConnectResult connect(ConnectRequest request) {
    throw new UnsupportedOperationException();
  }

  /**
   * Publishes without a connection: a will, or a message of an operator.
   *
   * @param from who is behind it, for No Local
   * @param receipt told once it is safe
   */
  public void publish(ClientKey from, Message message, Consumer<PublishOutcome> receipt) {
    throw new UnsupportedOperationException();
  }

  /** Makes {@code payload} the state of {@code topic}; tells those subscribed if it is new. */
  public void publishState(String topic, byte[] payload) {
    throw new UnsupportedOperationException();
  }

  /** Makes {@code payloads} all the states that there are. */
  public void replaceStates(Map<String, byte[]> payloads) {
    throw new UnsupportedOperationException();
  }

  /** There is no state of {@code topic} any more; nobody is told. */
  public void clearState(String topic) {
    throw new UnsupportedOperationException();
  }

  /** Ends all sessions of an account that may no longer be here, and their connections. */
  public void endAccount(String account) {
    throw new UnsupportedOperationException();
  }

  /** Does what time alone brings: wills that are due, sessions and messages that expire. */
  public void tick() {
    throw new UnsupportedOperationException();
  }

  /**
   * From now on no will is said: it is we who stop. Connections are closed by whoever holds them.
   */
  public void stop() {
    throw new UnsupportedOperationException();
  }

  /** Whether so much waits to be committed that reading from publishers has to stop. */
  public boolean isFull() {
    throw new UnsupportedOperationException();
  }

  /**
   * Runs {@code resume} once there is room again, at once if there is. It must only hand over and
   * ask again.
   */
  public void whenRoom(Runnable resume) {
    throw new UnsupportedOperationException();
  }

  /** What is counted. */
  public BrokerCounters counters() {
    throw new UnsupportedOperationException();
  }
}
