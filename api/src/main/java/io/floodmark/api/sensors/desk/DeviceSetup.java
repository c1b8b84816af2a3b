package io.floodmark.api.sensors.desk;

import io.floodmark.api.routes.Visit;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Optional;

/**
 * Where a device finds us, for whoever types it in.
 *
 * @param host name or address; an IPv6 address stands in brackets
 * @param port of MQTT, 1 to 65535
 */
public record DeviceSetup(String host, int port) {
  /** By the address that residents use; where none is set, by the one that this page was asked. */
  static DeviceSetup of(Visit visit, Optional<String> publicUrl, int port) {
    HostAndPort asked = visit.request().authority();
    String host =
        publicUrl
            .flatMap(url -> Optional.ofNullable(URI.create(url).getHost()))
            .orElse(asked == null ? "localhost" : asked.host());
    return new DeviceSetup(host, port);
  }

  /** Whether only this machine finds it. */
  public boolean isLoopback() {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  /** As devices and programs take it. */
  public String url() {
    return "mqtt://" + host + ":" + port;
  }
}
