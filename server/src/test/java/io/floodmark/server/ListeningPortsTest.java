package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.mqtt.MqttRates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListeningPortsTest {
  @Test
  void aTakenPortIsNamedWithHostAndSetting() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      Failure refused =
          assertThrows(Failure.class, () -> ListeningPorts.requireFree(config(0, port), Role.ALL));
      assertEquals(
          "127.0.0.1:%d is taken by another program; stop that, or set mqtt.port to a free port."
              .formatted(port),
          refused.getMessage());
      ListeningPorts.requireFree(config(0, port), Role.API);
    }
  }

  @Test
  void onePortForBothIsFoundOut() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Failure refused =
        assertThrows(Failure.class, () -> ListeningPorts.requireFree(config(port, port), Role.ALL));
    assertTrue(refused.getMessage().contains("http.port"), refused::getMessage);
    // Readings are taken in, whether or not there is a place for health and figures.
    ListeningPorts.requireFree(config(port, port), Role.INGEST);
    ListeningPorts.requireFree(
        config(OptionalInt.empty(), OptionalInt.of(port), TlsSettings.NONE), Role.INGEST);
  }

  @Test
  void portsThatAreOffAreNotListenedOnAndTlsWillDo() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      OptionalInt taken = OptionalInt.of(other.getLocalPort());
      TlsSettings secure = new TlsSettings(OptionalInt.of(0), OptionalInt.of(0), Optional.empty());
      ServerConfig securely = config(OptionalInt.empty(), OptionalInt.empty(), secure);
      ListeningPorts.requireAny(securely, Role.ALL);
      ListeningPorts.requireFree(securely, Role.ALL);
      TlsSettings takenSecurely = new TlsSettings(OptionalInt.of(0), taken, Optional.empty());
      ServerConfig both = config(OptionalInt.empty(), OptionalInt.empty(), takenSecurely);
      assertTrue(
          assertThrows(Failure.class, () -> ListeningPorts.requireFree(both, Role.ALL))
              .getMessage()
              .contains("https.port"));
    }
  }

  @Test
  void whereNothingWouldListenTheStartIsRefused() {
    OptionalInt any = OptionalInt.of(0);
    ServerConfig deaf = config(any, OptionalInt.empty(), TlsSettings.NONE);
    ServerConfig blind = config(OptionalInt.empty(), any, TlsSettings.NONE);
    assertTrue(
        assertThrows(WrongUsage.class, () -> ListeningPorts.requireAny(deaf, Role.ALL))
            .getMessage()
            .startsWith("mqtt.port and mqtts.port are both off"));
    assertTrue(
        assertThrows(WrongUsage.class, () -> ListeningPorts.requireAny(blind, Role.ALL))
            .getMessage()
            .startsWith("http.port and https.port are both off"));
    ListeningPorts.requireAny(deaf, Role.API);
    ListeningPorts.requireAny(blind, Role.INGEST);
  }

  @Test
  void anyFreePortWillDoForBoth() {
    ListeningPorts.requireFree(config(0, 0), Role.ALL);
  }

  private static ServerConfig config(int httpPort, int mqttPort) {
    return config(OptionalInt.of(httpPort), OptionalInt.of(mqttPort), TlsSettings.NONE);
  }

  private static ServerConfig config(OptionalInt httpPort, OptionalInt mqttPort, TlsSettings tls) {
    return new ServerConfig(
        "127.0.0.1",
        httpPort,
        "127.0.0.1",
        mqttPort,
        tls,
        MqttRates.DEFAULT,
        false,
        65_536,
        Optional.empty(),
        Path.of("unused"),
        Optional.empty(),
        Set.of(),
        false,
        false,
        LogFormat.TEXT,
        ZoneOffset.UTC,
        1_095);
  }
}
