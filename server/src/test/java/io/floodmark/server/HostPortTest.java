package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://127.0.0.1:80",
    "0.0.0.0, http://127.0.0.1:80",
    "'::', http://[::1]:80",
    "'fe80::1', http://[fe80::1]:80",
    "gauge.example, http://gauge.example:80"
  })
  void whatIsShownCanBeConnectedTo(String host, String url) {
    assertEquals(url, new HostPort(host, 80).url("http"));
  }
}
