package io.floodmark.e2e.store;

import io.floodmark.schema.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The wire between a client and a database, which a test can cut. Loopback, on a free port. */
final class Wire implements AutoCloseable {
  private final Database database;
  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile boolean cut;
  private volatile boolean losingCommitAnswers;

  Wire(Database database) {
    this.database = database;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** The same database, through this wire. */
  Database farEnd() {
    URI uri = uri();
    return new Database(
        "jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + uri.getRawPath(),
        database.user(),
        database.password());
  }

  /** Ends all connections and takes no new ones. */
  synchronized void cut() {
    cut = true;
    open.forEach(Wire::close);
  }

  /** Takes connections again. */
  void mend() {
    cut = false;
    losingCommitAnswers = false;
  }

  /**
   * From now on, what a client hears after the first COMMIT of a connection, or after the first
   * readings inserted in auto-commit, is that the connection has ended. (Later ones go by the name
   * of a prepared statement.)
   */
  void loseCommitAnswers() {
    losingCommitAnswers = true;
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(Wire::close);
  }

  private URI uri() {
    return URI.create(database.url().substring("jdbc:".length()));
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket client = server.accept();
        Socket backend = new Socket(uri().getHost(), uri().getPort());
        if (!join(client, backend)) {
          continue;
        }
        Pipe pipe = new Pipe(client, backend);
        start(pipe::there);
        start(pipe::back);
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  /** A connection that is being made while the wire is cut comes before that, or is refused. */
  private synchronized boolean join(Socket client, Socket backend) {
    open.add(client);
    open.add(backend);
    if (cut) {
      close(client);
      close(backend);
    }
    return !cut;
  }

  private final class Pipe {
    private final Socket client;
    private final Socket backend;
    private volatile boolean committing;

    Pipe(Socket client, Socket backend) {
      this.client = client;
      this.backend = backend;
    }

    void there() {
      copy(client, backend, true);
    }

    void back() {
      copy(backend, client, false);
    }

    private void copy(Socket from, Socket to, boolean toBackend) {
      byte[] buffer = new byte[64 * 1024];
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          if (toBackend && losingCommitAnswers) {
            String sent = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
            committing |= sent.contains("COMMIT") || sent.contains("INSERT INTO reading (");
          } else if (!toBackend && committing) {
            return; // the backend has answered, so it has committed
          }
          out.write(buffer, 0, n);
        }
      } catch (IOException e) {
        // One end has gone, so the other goes too.
      }
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
