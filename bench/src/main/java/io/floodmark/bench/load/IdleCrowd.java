package io.floodmark.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Sensors that are connected and say nothing; then, told by a line of input, all of them break off
 * and connect again at once, each with a reading to send, as after a power cut. All on the thread
 * that calls.
 */
public final class IdleCrowd {
  private static final int READ_BYTES = 4 * 1024;

  private static final long AGAIN_MILLIS = 100;
  private static final long AGAIN_NANOS = 1_000_000_000;
  private static final int OPENED_AT_A_TIME = 100;

  /** Without a time limit an idle sensor sends nothing at all (MQTT 3.1.1 §3.1.2.10). */
  private static final int KEEP_ALIVE_S = 0;

  private final LoadPlan plan;
  private final InstantSource clock;
  private final BiConsumer<LoadEvent, Object> tell;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final List<SensorConnection> connections = new ArrayList<>();
  private final List<SensorConnection> refused = new ArrayList<>();
  private boolean eachSends;
  private int again;
  private int signedIn;
  private int acknowledged;

  /** A crowd that is not connected; of the plan, times and rates are not used. */
  public IdleCrowd(LoadPlan plan, InstantSource clock, BiConsumer<LoadEvent, Object> tell) {
    this.plan = plan;
    this.clock = clock;
    this.tell = tell;
  }

  /**
   * Connects, waits, connects again; tells of each how long it took, in seconds, and how often one
   * was turned away and came again; and waits again.
   */
  public void run(InputStream goOn) throws IOException {
    try (Selector selector = Selector.open()) {
      InetSocketAddress server =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), plan.port());
      SignInProbe.await(server, plan.code(plan.connections() - 1), plan.token());
      tell.accept(LoadEvent.CONNECTED, connect(selector, server, 1));
      goOn.read();
      for (SensorConnection connection : connections) {
        connection.drop();
      }
      connections.clear();
      selector.selectNow();
      eachSends = true;
      tell.accept(LoadEvent.CONNECTED, connect(selector, server, 2));
      goOn.read();
    }
  }

  /** From 127.0.0.{@code lastByte}: the ports of the first time are not free again at once. */
  private Map<String, Double> connect(Selector selector, InetSocketAddress server, int lastByte)
      throws IOException {
    InetAddress source = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) lastByte});
    signedIn = 0;
    again = 0;
    for (int i = 0; i < plan.connections(); i++) {
      ReadingPacket packet = new ReadingPacket(plan.code(i), i, 1, plan.delaySeconds());
      connections.add(new SensorConnection(i, packet, 1));
    }
    long start = System.nanoTime();
    Deque<SensorConnection> toOpen = new ArrayDeque<>(connections);
    long refusedSince = start;
    while (signedIn < plan.connections() || (eachSends && acknowledged < plan.connections())) {
      // In between, those that stand already sign in: they have not for ever.
      for (int i = 0; i < OPENED_AT_A_TIME && !toOpen.isEmpty(); i++) {
        toOpen.remove().open(selector, new InetSocketAddress(source, 0), server);
      }
      selector.select(this::serve, toOpen.isEmpty() ? AGAIN_MILLIS : 1);
      if (toOpen.isEmpty() && System.nanoTime() - refusedSince > AGAIN_NANOS) {
        refusedSince = System.nanoTime();
        again += refused.size();
        toOpen.addAll(refused);
        refused.clear();
      }
    }
    return Map.of("seconds", (System.nanoTime() - start) / 1e9, "again", (double) again);
  }

  private void serve(SelectionKey key) {
    SensorConnection connection = (SensorConnection) key.attachment();
    try {
      if (key.isConnectable()) {
        connection.connected(
            Packets.connect(plan.code(connection.number()), plan.token(), KEEP_ALIVE_S));
        return;
      }
      int before = signedIn;
      connection.read(buffer, listener);
      if (signedIn > before && eachSends) {
        connection.fill(clock.millis(), System.nanoTime());
      }
    } catch (IOException e) {
      // As devices do: a while later again.
      signedIn -= connection.isSignedIn() ? 1 : 0;
      connection.drop();
      refused.add(connection);
    }
  }

  private final SensorConnection.Listener listener =
      new SensorConnection.Listener() {
        @Override
        public void signedIn() {
          signedIn++;
        }

        @Override
        public void acknowledged(long sentNanos) {
          acknowledged++;
        }
      };
}
