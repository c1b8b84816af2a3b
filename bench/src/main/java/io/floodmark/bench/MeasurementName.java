package io.floodmark.bench;

import java.io.IOException;
import java.util.Locale;

/** What can be measured. */
enum MeasurementName {
  /** The public page of a plate at 200 requests a second. */
  PUBLIC_PAGE,
  /** A view of the map with 5,000 of 100,000 trees in it. */
  VIEWPORT,
  /** 100,000 trees from a CSV file. */
  IMPORT;

  Measurement prepare(ServerUnderTest server) throws IOException, InterruptedException {
    return switch (this) {
      case PUBLIC_PAGE -> PublicPage.prepare(server);
      case VIEWPORT -> Viewport.prepare(server);
      case IMPORT -> Import.prepare(server);
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
