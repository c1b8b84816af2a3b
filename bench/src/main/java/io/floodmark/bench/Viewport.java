package io.floodmark.bench;

import io.floodmark.bench.figures.Latencies;
import io.floodmark.bench.program.ServerUnderTest;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Views of the map with 5,000 of 100,000 trees in each, one after the other and 20 a second. */
final class Viewport {
  private static final int VIEWS = 40;
  private static final int COLUMNS_SEEN = 100;
  private static final int ROWS_SEEN = 50;
  private static final int PER_SECOND = 20;
  private static final int SECONDS = 15;

  private Viewport() {}

  static Measurement prepare(ServerUnderTest server) throws IOException {
    try {
      ManyTrees.plant(server.database());
    } catch (SQLException e) {
      throw new IOException(e);
    }
    List<URI> views = views(server);
    RequestRate rate = new RequestRate();
    rate.run(views, PER_SECOND, SECONDS); // warm-up
    return () -> {
      Latencies times = rate.run(views, PER_SECOND, SECONDS);
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("p50Millis", times.percentileMillis(0.50));
      figures.put("p99Millis", times.percentileMillis(0.99));
      figures.put("maxMillis", times.maxMillis());
      return figures;
    };
  }

  private static List<URI> views(ServerUnderTest server) {
    List<URI> views = new ArrayList<>();
    for (int i = 0; i < VIEWS; i++) {
      double west = ManyTrees.WEST + (i * 7 % (ManyTrees.COLUMNS - COLUMNS_SEEN)) * ManyTrees.STEP;
      double south = ManyTrees.SOUTH + (i * 5 % 200) * ManyTrees.STEP;
      // Half a step beyond the outermost trees, so that exactly 5,000 lie within.
      views.add(
          server.address(
              String.format(
                  Locale.ROOT,
                  "/api/v1/assets?bbox=%.6f,%.6f,%.6f,%.6f&kind=tree&zoom=16",
                  west - ManyTrees.STEP / 2,
                  south - ManyTrees.STEP / 2,
                  west + (COLUMNS_SEEN - 0.5) * ManyTrees.STEP,
                  south + (ROWS_SEEN - 0.5) * ManyTrees.STEP)));
    }
    return views;
  }
}
