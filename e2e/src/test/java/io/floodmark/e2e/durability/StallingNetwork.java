package io.floodmark.e2e.durability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * The network between sensors and server, on loopback and a free port, that does what networks do.
 * One thread of its own carries the bytes; {@link #become} is for any thread.
 */
final class StallingNetwork {

  /** How it is. */
  enum Weather {
    /** Bytes pass at once. */
    FINE,
    /** Nothing passes and nothing breaks; new connections wait, too. */
    STALLED,
    /** Every piece passes late. */
    SLOW,
    /** A few bytes at a time, so that packets come in pieces. */
    DRIPPING,
    /**
     * Every connection passes so many bytes more and then breaks, within a packet as it happens.
     */
    CUTTING
  }

  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int TURN_MILLIS = 5;
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
  private static final int DRIP_BYTES = 9;
  private static final int LAST_BYTES_MAX = 600;

  private final IntSupplier serverPort;
  private final Random random;
  private final Selector selector;
  private final ServerSocketChannel door;
  private final List<Way> ways = new ArrayList<>();
  private final Thread thread = new Thread(this::carry, "stalling-network");
  private volatile Weather weather = Weather.FINE;
  private volatile boolean closing;

  /**
   * Begins to carry.
   *
   * @param serverPort where the server listens at that moment
   * @param seed decides where connections are cut
   * @param failed told if the network itself fails
   */
  StallingNetwork(IntSupplier serverPort, long seed, Consumer<String> failed) {
    this.serverPort = serverPort;
    this.random = new Random(seed);
    try {
      selector = Selector.open();
      door = ServerSocketChannel.open();
      door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      door.configureBlocking(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((of, e) -> failed.accept("The test's own network: " + e));
    thread.start();
  }

  /** Where sensors connect to. */
  int port() {
    return door.socket().getLocalPort();
  }

  /** Changes the weather, for connections that are there and for those to come. */
  void become(Weather next) {
    weather = next;
    selector.wakeup();
  }

  /** Ends all connections and takes no new ones. */
  void end() throws InterruptedException {
    closing = true;
    selector.wakeup();
    thread.join();
  }

  private void carry() {
    try (selector;
        door) {
      while (!closing) {
        wait(weather);
        if (weather != Weather.STALLED) {
          accept();
        }
        for (Way way : List.copyOf(ways)) {
          if (!way.carry()) {
            way.end();
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      List.copyOf(ways).forEach(Way::end);
    }
  }

  /** In fine weather until there is something to do; else turn by turn. */
  private void wait(Weather now) throws IOException {
    for (SelectionKey key : selector.keys()) {
      if (key.isValid()) {
        key.interestOps(0);
      }
    }
    if (now == Weather.FINE || now == Weather.CUTTING) {
      register(door, SelectionKey.OP_ACCEPT);
      ways.forEach(Way::watch);
    }
    selector.select(TURN_MILLIS * (now == Weather.FINE ? 10L : 1L));
    selector.selectedKeys().clear();
  }

  private void accept() throws IOException {
    for (SocketChannel sensor = door.accept(); sensor != null; sensor = door.accept()) {
      try {
        SocketChannel server =
            SocketChannel.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort.getAsInt()));
        sensor.configureBlocking(false);
        server.configureBlocking(false);
        ways.add(new Way(sensor, server));
      } catch (IOException e) {
        sensor.close(); // there is no server at the moment
      }
    }
  }

  private void register(SelectableChannel channel, int interest) {
    try {
      SelectionKey key = channel.keyFor(selector);
      if (key == null) {
        channel.register(selector, interest);
      } else {
        key.interestOps(key.interestOps() | interest);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One connection, both directions. */
  private final class Way {
    private final SocketChannel sensor;
    private final SocketChannel server;
    private final Lane there;
    private final Lane back;
    private int bytesLeft = -1;

    Way(SocketChannel sensor, SocketChannel server) {
      this.sensor = sensor;
      this.server = server;
      this.there = new Lane(sensor, server);
      this.back = new Lane(server, sensor);
    }

    void watch() {
      there.watch();
      back.watch();
    }

    /** Returns whether the connection goes on. */
    boolean carry() {
      Weather now = weather;
      if (now == Weather.STALLED) {
        return true;
      }
      if (now != Weather.CUTTING) {
        bytesLeft = -1;
      } else if (bytesLeft < 0) {
        bytesLeft = random.nextInt(LAST_BYTES_MAX);
      }
      try {
        return there.carry(now) && back.carry(now) && bytesLeft != 0;
      } catch (IOException e) {
        return false; // one end has gone, so the other goes too
      }
    }

    void end() {
      ways.remove(this);
      try (sensor;
          server) {
        bytesLeft = 0;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** One direction. */
    private final class Lane {
      private final SocketChannel from;
      private final SocketChannel to;
      private final ByteBuffer under = ByteBuffer.allocate(BUFFER_BYTES);
      private long since;

      Lane(SocketChannel from, SocketChannel to) {
        this.from = from;
        this.to = to;
      }

      void watch() {
        register(from, under.hasRemaining() ? SelectionKey.OP_READ : 0);
        register(to, under.position() > 0 ? SelectionKey.OP_WRITE : 0);
      }

      boolean carry(Weather now) throws IOException {
        boolean wasEmpty = under.position() == 0;
        boolean ended = from.read(under) < 0;
        if (wasEmpty) {
          since = System.nanoTime();
        }
        if (now != Weather.SLOW || ended || System.nanoTime() - since >= LATE_NANOS) {
          pass(now == Weather.DRIPPING && !ended ? DRIP_BYTES : BUFFER_BYTES);
          since = System.nanoTime();
        }
        return !ended;
      }

      private void pass(int most) throws IOException {
        under.flip();
        int end = under.limit();
        int allowed = bytesLeft < 0 ? most : Math.min(most, bytesLeft);
        under.limit(Math.min(end, allowed));
        int passed = to.write(under);
        under.limit(end);
        under.compact();
        if (bytesLeft > 0) {
          bytesLeft -= passed;
        }
      }
    }
  }
}
