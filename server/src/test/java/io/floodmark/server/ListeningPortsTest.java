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
    ListeningPorts.requireFree(config(port, port), Role.INGEST);
  }

  @Test
  void anyFreePortWillDoForBoth() {
    ListeningPorts.requireFree(config(0, 0), Role.ALL);
  }

  private static ServerConfig config(int httpPort, int mqttPort) {
    return new ServerConfig(
        "127.0.0.1",
        httpPort,
        "127.0.0.1",
        mqttPort,
        TlsSettings.NONE,
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
