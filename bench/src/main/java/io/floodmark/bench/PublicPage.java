package io.floodmark.bench;

import io.floodmark.bench.figures.Latencies;
import io.floodmark.bench.program.ServerUnderTest;
import io.floodmark.plate.PlateCode;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The page of a plate, as 200 residents a second would ask for it. */
final class PublicPage {
  private static final int PLATES = 1_000;
  private static final int PER_SECOND = 200;
  private static final int SECONDS = 20;
  private static final long SEED = 12_103;

  private static final String MOUNT =
      """
      INSERT INTO plate (code, asset_id, state, made_at, mounted_at)
      VALUES (?, (SELECT id FROM asset WHERE kind = 'tree' AND ref = ?), 'mounted', now(), now())
      """;

  private PublicPage() {}

  static Measurement prepare(ServerUnderTest server) throws IOException {
    List<URI> pages = new ArrayList<>();
    try (Connection connection = server.database().connect();
        PreparedStatement mount = connection.prepareStatement(MOUNT)) {
      ManyTrees.plant(server.database());
      Random random = new Random(SEED);
      for (int i = 0; i < PLATES; i++) {
        PlateCode code = PlateCode.draw(random);
        mount.setString(1, code.value());
        mount.setString(2, "B" + i);
        mount.addBatch();
        pages.add(server.address("/Q/" + code.value()));
      }
      mount.executeBatch();
    } catch (SQLException e) {
      throw new IOException(e);
    }
    RequestRate rate = new RequestRate();
    rate.run(pages, PER_SECOND, SECONDS); // warm-up
    return () -> {
      Latencies times = rate.run(pages, PER_SECOND, SECONDS);
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("requestsPerSecond", (double) PER_SECOND);
      figures.put("p50Millis", times.percentileMillis(0.50));
      figures.put("p99Millis", times.percentileMillis(0.99));
      figures.put("maxMillis", times.maxMillis());
      return figures;
    };
  }
}
