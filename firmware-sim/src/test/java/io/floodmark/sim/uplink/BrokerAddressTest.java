package io.floodmark.sim.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressTest {
  @Test
  void readsHostAndPort() {
    assertEquals(
        new BrokerAddress("floodmark", 11883), BrokerAddress.parse("mqtt://floodmark:11883"));
    assertEquals(new BrokerAddress("127.0.0.1", 1883), BrokerAddress.parse("mqtt://127.0.0.1"));
    assertEquals(new BrokerAddress("[::1]", 1883), BrokerAddress.parse("mqtt://[::1]:1883"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost:1883",
        "tcp://localhost:1883",
        "mqtts://localhost",
        "mqtt://",
        "mqtt://localhost:0",
        "mqtt://localhost:65536",
        "mqtt://user:secret@localhost",
        "mqtt://localhost/topic",
        "mqtt://two words"
      })
  void refusesWhatIsNoBrokersAddress(String url) {
    assertThrows(IllegalArgumentException.class, () -> BrokerAddress.parse(url));
  }
}
