package io.floodmark.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Looks at what is to be listened on, before a database is started for nothing. */
final class ListeningPorts {
  private ListeningPorts() {}

  /**
   * Returns if {@code role} has somewhere to listen for each thing that it is for.
   *
   * @throws WrongUsage naming the settings that are off
   */
  static void requireAny(ServerConfig config, Role role) {
    if (role.ingests() && config.mqttPort().isEmpty() && config.tls().mqttsPort().isEmpty()) {
      throw new WrongUsage(
          "mqtt.port and mqtts.port are both off, so no sensor could connect: set one of them, or serve with --role api.");
    }
    if (role.serves() && config.httpPort().isEmpty() && config.tls().httpsPort().isEmpty()) {
      throw new WrongUsage(
          "http.port and https.port are both off, so nobody could see the map: set one of them, or serve with --role ingest.");
    }
  }

  /**
   * Returns if the ports that {@code role} listens on are free, or any port will do.
   *
   * @throws Failure naming host, port and setting
   */
  static void requireFree(ServerConfig config, Role role) {
    List<ServerSocket> taken = new ArrayList<>();
    try {
      // Both at once, so that one port for both is found out as well.
      if (role.ingests()) {
        add(taken, config.mqttHost(), config.mqttPort(), "mqtt.port");
        add(taken, config.mqttHost(), config.tls().mqttsPort(), "mqtts.port");
      }
      // Where health and figures are all there is to see, readings are taken in without them, too.
      if (role.serves()) {
        add(taken, config.httpHost(), config.httpPort(), "http.port");
        add(taken, config.httpHost(), config.tls().httpsPort(), "https.port");
      }
    } finally {
      taken.forEach(ListeningPorts::close);
    }
  }

  private static void add(List<ServerSocket> taken, String host, OptionalInt port, String setting) {
    port.ifPresent(there -> taken.add(taken(host, there, setting)));
  }

  private static ServerSocket taken(String host, int port, String setting) {
    ServerSocket socket = null;
    try {
      socket = new ServerSocket();
      // As our listeners do: a predecessor's closing connections do not count.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return socket;
    } catch (IOException e) {
      close(socket);
      throw new Failure(sentence(host, port, setting, e), e);
    }
  }

  private static String sentence(String host, int port, String setting, IOException e) {
    String hostSetting = setting.startsWith("http") ? "http.host" : "mqtt.host";
    if (e instanceof UnknownHostException) {
      return "%s = %s is no host that is known here; set it to an address of this machine."
          .formatted(hostSetting, host);
    }
    if (e instanceof BindException && e.getMessage().contains("already in use")) {
      return "%s:%d is taken by another program; stop that, or set %s to a free port."
          .formatted(host, port, setting);
    }
    return "%s:%d cannot be listened on (%s); set %s and %s to others."
        .formatted(host, port, e.getMessage(), hostSetting, setting);
  }

  private static void close(ServerSocket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      throw new Failure("A socket could not be closed: " + e.getMessage(), e);
    }
  }
}
