package io.floodmark.bench;

import io.floodmark.bench.program.ServerUnderTest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;

/** What can be measured. */
enum MeasurementName {
  /** The public page of a plate at 200 requests a second. */
  PUBLIC_PAGE,
  /** A view of the map with 5,000 of 100,000 trees in it. */
  VIEWPORT,
  /** 100,000 trees from a CSV file. */
  IMPORT,
  /** From the packet that crosses a level to the browser and to a webhook. */
  ALERT_LATENCY;

  Measurement prepare(ServerUnderTest server, InstantSource clock)
      throws IOException, InterruptedException {
    return switch (this) {
      case PUBLIC_PAGE -> PublicPage.prepare(server);
      case VIEWPORT -> Viewport.prepare(server);
      case IMPORT -> Import.prepare(server);
      case ALERT_LATENCY -> AlertLatency.prepare(server, clock);
    };
  }

  String fileName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return fileName();
  }
}
