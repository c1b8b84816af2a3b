package io.floodmark.bench.load;

import io.floodmark.bench.figures.Latencies;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Sends readings from many sensors, and counts what is acknowledged. All on the thread that calls;
 * a connection that breaks or a refusal ends it with an {@link IOException}.
 */
public final class Generator {
  private static final int READ_BYTES = 64 * 1024;
  private static final int KEEP_ALIVE_S = 0;
  private static final long DRAIN_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LoadPlan plan;
  private final InstantSource clock;
  private final BiConsumer<LoadEvent, Object> tell;
  private final Optional<InputStream> rests;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final List<SensorConnection> connections = new ArrayList<>();
  private int signedIn;
  private long readNanos;
  private long acknowledged;
  private boolean counting;
  private boolean sending;
  private long[] latencies = new long[1 << 16];
  private int latencyCount;
  private long[] lateness = new long[1 << 10];
  private int latenessCount;

  /**
   * A generator that has not begun.
   *
   * @param clock for the readings' times
   * @param tell told how far it is, with what belongs to it
   * @param rests whether a load that is sent by the clock rests between any two of the seconds that
   *     count, each time until a byte comes there
   */
  public Generator(
      LoadPlan plan,
      InstantSource clock,
      BiConsumer<LoadEvent, Object> tell,
      Optional<InputStream> rests) {
    this.plan = plan;
    this.clock = clock;
    this.tell = tell;
    this.rests = rests;
  }

  /** Connects, warms up, measures, breaks off. */
  public LoadResult run() throws IOException {
    try (Selector selector = Selector.open()) {
      connect(selector);
      return plan.perSecond() == 0 ? flatOut(selector) : paced(selector);
    } finally {
      for (SensorConnection connection : connections) {
        connection.drop();
      }
    }
  }

  private void connect(Selector selector) throws IOException {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), plan.port());
    SignInProbe.await(server, plan.code(plan.connections() - 1), plan.token());
    for (int i = 0; i < plan.connections(); i++) {
      ReadingPacket packet =
          new ReadingPacket(plan.code(i), i, plan.readings(), plan.delaySeconds());
      SensorConnection connection = new SensorConnection(i, packet, plan.window());
      connection.open(selector, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), server);
      connections.add(connection);
    }
    while (signedIn < plan.connections()) {
      select(selector, 0);
    }
    sending = true;
  }

  private LoadResult flatOut(Selector selector) throws IOException {
    Stopwatch watch = new Stopwatch();
    for (SensorConnection connection : connections) {
      connection.fill(clock.millis(), watch.startNanos);
    }
    while (!watch.isOver()) {
      select(selector, 1);
    }
    return watch.result(selector);
  }

  private LoadResult paced(Selector selector) throws IOException {
    Stopwatch watch = new Stopwatch();
    long period = SECOND_NANOS / plan.perSecond();
    long next = 0;
    while (!watch.isOver()) {
      if (rests.isPresent() && watch.isTimeToRest()) {
        rest(selector, rests.get(), watch);
      }
      select(selector, 1);
      long now = System.nanoTime();
      long nowMillis = clock.millis();
      for (; watch.startNanos + next * period <= now; next++) {
        if (counting) {
          lateness = add(lateness, latenessCount++, now - watch.startNanos - next * period);
        }
        SensorConnection connection = connections.get((int) (next % connections.size()));
        connection.addDue();
        connection.send(nowMillis, now);
      }
    }
    return watch.result(selector);
  }

  private void rest(Selector selector, InputStream goOn, Stopwatch watch) throws IOException {
    long start = System.nanoTime();
    drain(selector);
    tell.accept(LoadEvent.RESTING, true);
    goOn.read();
    sending = true;
    watch.stoodStill(System.nanoTime() - start);
  }

  /** Sends no more and waits for what is in flight; returns what never came. */
  private int drain(Selector selector) throws IOException {
    sending = false;
    long start = System.nanoTime();
    while (inFlight() > 0 && System.nanoTime() - start < DRAIN_WITHIN_NANOS) {
      select(selector, 1);
    }
    return inFlight();
  }

  private int inFlight() {
    return connections.stream().mapToInt(SensorConnection::inFlight).sum();
  }

  private void select(Selector selector, long timeoutMillis) throws IOException {
    try {
      selector.select(this::serve, timeoutMillis);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void serve(SelectionKey key) {
    SensorConnection connection = (SensorConnection) key.attachment();
    try {
      if (key.isConnectable()) {
        connection.connected(
            Packets.connect(plan.code(connection.number()), plan.token(), KEEP_ALIVE_S));
        return;
      }
      readNanos = System.nanoTime();
      if (key.isReadable()) {
        connection.read(buffer, listener);
      }
      if (!sending) {
        connection.flush();
        return;
      }
      if (plan.perSecond() == 0) {
        connection.fill(clock.millis(), readNanos);
      } else if (connection.isDue() || key.isWritable()) {
        connection.send(clock.millis(), readNanos);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
          acknowledged += plan.readings();
          if (counting) {
            latencies = add(latencies, latencyCount++, readNanos - sentNanos);
          }
        }
      };

  private static long[] add(long[] to, int count, long value) {
    long[] room = count < to.length ? to : Arrays.copyOf(to, 2 * to.length);
    room[count] = value;
    return room;
  }

  /** When warming up ends, and measuring. */
  private final class Stopwatch {
    private long startNanos = System.nanoTime();
    private long lastSecond;
    private long restedAfter;
    private long countFromNanos;
    private long countFrom;
    private long processorFromNanos;

    /** Looks at the clock. */
    boolean isOver() {
      long now = System.nanoTime();
      long second = (now - startNanos) / SECOND_NANOS;
      if (second > lastSecond) {
        lastSecond = second;
        tell.accept(LoadEvent.SECOND, acknowledged);
      }
      if (!counting && now - startNanos >= plan.warmUpSeconds() * SECOND_NANOS) {
        counting = true;
        tell.accept(LoadEvent.COUNTING, true);
        countFromNanos = System.nanoTime();
        countFrom = acknowledged;
        processorFromNanos = processorNanos();
      }
      return counting && now - countFromNanos >= plan.seconds() * SECOND_NANOS;
    }

    /** Whether one more of the seconds that count is over. */
    boolean isTimeToRest() {
      long counted = counting ? (System.nanoTime() - countFromNanos) / SECOND_NANOS : 0;
      boolean rests = counted > restedAfter;
      restedAfter = counted;
      return rests;
    }

    /** So long nothing was to be sent or counted. */
    void stoodStill(long nanos) {
      startNanos += nanos;
      countFromNanos += nanos;
    }

    /** What was counted; waits before that for what is in flight. */
    LoadResult result(Selector selector) throws IOException {
      double seconds = (System.nanoTime() - countFromNanos) / 1e9;
      double processor = (processorNanos() - processorFromNanos) / 1e9;
      long counted = acknowledged - countFrom;
      counting = false;
      tell.accept(LoadEvent.COUNTED, true);
      int unanswered = drain(selector);
      boolean any = latencyCount > 0;
      Latencies took = new Latencies(any ? Arrays.copyOf(latencies, latencyCount) : new long[1]);
      Latencies late =
          new Latencies(latenessCount > 0 ? Arrays.copyOf(lateness, latenessCount) : new long[1]);
      return new LoadResult(
          counted,
          acknowledged,
          unanswered,
          seconds,
          took.percentileMillis(0.5),
          took.percentileMillis(0.99),
          took.maxMillis(),
          late.percentileMillis(0.99),
          connections.stream().mapToLong(c -> c.packet().aheadMillisMax()).max().orElse(0),
          processor,
          connections.get(0).packet().size());
    }

    private long processorNanos() {
      return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
  }
}
