package io.floodmark.bench.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Mosquitto with nobody subscribed, that keeps nothing: what we are held against. */
public final class Mosquitto implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
  private static final long UP_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /**
   * Without {@code set_tcp_nodelay} it would wait for the network before each short answer; limits
   * on what is in flight or queued are for subscribers, of which there are none.
   */
  private static final String CONFIG =
      """
      listener %d 127.0.0.1
      allow_anonymous true
      persistence false
      set_tcp_nodelay true
      log_type error
      """;

  private final Path config;
  private final Process process;
  private final int port;

  private Mosquitto(Path config, Process process, int port) {
    this.config = config;
    this.process = process;
    this.port = port;
  }

  /** Starts it; returns when it listens. */
  public static Mosquitto start() throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      throw new IOException("Install Mosquitto 2.0 first: on Debian, apt-get install mosquitto.");
    }
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path config = Files.createTempFile("floodmark-bench", ".conf");
    Files.writeString(config, CONFIG.formatted(port));
    Process process =
        Children.start(new ProcessBuilder(PROGRAM.toString(), "-c", config.toString()).inheritIO());
    Mosquitto started = new Mosquitto(config, process, port);
    long start = System.nanoTime();
    while (!started.listens()) {
      if (System.nanoTime() - start > UP_WITHIN_NANOS || !process.isAlive()) {
        started.close();
        throw new IOException("Mosquitto does not listen; see what it says above.");
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return started;
  }

  /** Where it listens, on loopback. */
  public int port() {
    return port;
  }

  /** Its process. */
  public long pid() {
    return process.pid();
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    Files.deleteIfExists(config);
  }
}
