package io.floodmark.e2e.api;

import io.floodmark.schema.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands between a server and its database, so that a test can take the database away and give it
 * back while others go on using it. Away means: open connections break, new ones are refused.
 */
public final class DatabaseRelay implements AutoCloseable {
  private final Database behind;
  private final URI address;
  private final int port;
  private final List<Socket> open = new ArrayList<>();
  private ServerSocket door;

  /** In front of {@code behind}, which is there at first. */
  public DatabaseRelay(Database behind) throws IOException {
    this.behind = behind;
    this.address = URI.create(behind.url().substring("jdbc:".length()));
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.port = door.getLocalPort();
    serve(door);
  }

  /** The same database, by way of the relay. */
  public Database database() {
    return new Database(
        behind.url().replace(address.getHost() + ":" + address.getPort(), "127.0.0.1:" + port),
        behind.user(),
        behind.password());
  }

  /** Takes the database away. */
  public synchronized void cut() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  /** Gives it back. */
  public synchronized void restore() throws IOException {
    door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    serve(door);
  }

  @Override
  public void close() throws IOException {
    cut();
  }

  private void serve(ServerSocket listening) {
    daemon(
        () -> {
          while (!listening.isClosed()) {
            join(listening.accept());
          }
        });
  }

  private void join(Socket client) throws IOException {
    Socket server = new Socket(address.getHost(), address.getPort());
    synchronized (this) {
      if (door.isClosed()) {
        client.close();
        server.close();
        return;
      }
      open.add(client);
      open.add(server);
    }
    daemon(() -> copy(client, server));
    daemon(() -> copy(server, client));
  }

  private static void copy(Socket from, Socket to) throws IOException {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void daemon(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // A socket was closed: that is how cutting looks from inside.
              }
            },
            "database-relay");
    thread.setDaemon(true);
    thread.start();
  }
}
