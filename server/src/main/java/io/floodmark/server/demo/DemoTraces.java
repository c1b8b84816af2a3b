package io.floodmark.server.demo;

import io.floodmark.plate.PlateCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What people would have left behind in a made-up register: care of trees and mounted plates. */
final class DemoTraces {
  private static final int PLATES_PER_KIND = 60;
  private static final int CARED_FOR = 80;

  private static final String SAMPLE =
      "SELECT id, lon, lat FROM asset WHERE made_up AND kind = ? ORDER BY md5(id::text) LIMIT ?";

  /** Its seal is made by the database. */
  private static final String INSERT_CARE =
      """
      INSERT INTO care_record (asset_id, kind, done_on, recorded_at, actor, signer, findings, condition, risk, next_due)
      VALUES (?, ?, ?, ?, 'demo', 'Đội cây xanh (trình diễn)', ?, ?, ?, ?)
      """;

  private static final String INSERT_PLATE =
      """
      INSERT INTO plate (code, asset_id, batch_id, state, made_at, printed_at, mounted_at, lon, lat)
      VALUES (?, ?, ?, 'mounted', ?, ?, ?, ?, ?)
      """;

  private static final String INSERT_PLATE_EVENTS =
      """
      INSERT INTO plate_event (code, kind, at, actor, asset_id)
      SELECT p.code, e.kind, e.at, 'demo', p.asset_id
      FROM plate p CROSS JOIN LATERAL
        (VALUES (1, 'made', p.made_at), (2, 'printed', p.printed_at), (3, 'mounted', p.mounted_at)) AS e(step, kind, at)
      WHERE p.batch_id = ?
      ORDER BY p.code, e.step
      """;

  /**
   * Most of the assets, some groups' more than others', were seen on the spot; the others are what
   * a worklist is for.
   */
  private static final String VERIFY =
      """
      WITH seen AS (
        UPDATE asset
        SET verified_at = ?::timestamptz - interval '1 day' * (('x' || substr(md5('day' || id), 1, 2))::bit(8)::int + 1)
        WHERE made_up AND ('x' || substr(md5('seen' || id), 1, 2))::bit(8)::int < 120 + 12 * (coalesce(group_id, 0) % 10)
        RETURNING id, version, verified_at
      )
      INSERT INTO asset_history (asset_id, version, at, actor, action, reason)
      SELECT id, version, verified_at, 'demo', 'verified', 'Dữ liệu trình diễn' FROM seen
      """;

  private final Connection connection;
  private final Random random;
  private final Instant now;

  DemoTraces(Connection connection, Random random, Instant now) {
    this.connection = connection;
    this.random = random;
    this.now = now;
  }

  void add() throws SQLException {
    addCare(sample("tree", CARED_FOR));
    verify();
    addPlates(sample("tree", PLATES_PER_KIND), sample("house", PLATES_PER_KIND));
  }

  private void verify() throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(VERIFY)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.executeUpdate();
    }
  }

  private record Spot(long id, double lon, double lat) {}

  private List<Spot> sample(String kind, int count) throws SQLException {
    List<Spot> spots = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(SAMPLE)) {
      query.setString(1, kind);
      query.setInt(2, count);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          spots.add(new Spot(row.getLong(1), row.getDouble(2), row.getDouble(3)));
        }
      }
    }
    return spots;
  }

  private void addCare(List<Spot> trees) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_CARE)) {
      for (Spot tree : trees) {
        OffsetDateTime pruned = daysAgo(120 + random.nextInt(200));
        care(insert, tree, "pruning", pruned, "Cắt cành khô trước mùa mưa bão.");
        insert.addBatch();
        OffsetDateTime seen = daysAgo(5 + random.nextInt(90));
        care(insert, tree, "inspection", seen, "Thân và tán bình thường.");
        insert.setString(6, "good");
        insert.setString(7, "low");
        insert.setObject(8, seen.toLocalDate().plusMonths(6));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void care(
      PreparedStatement insert, Spot tree, String kind, OffsetDateTime at, String findings)
      throws SQLException {
    insert.setLong(1, tree.id());
    insert.setString(2, kind);
    insert.setObject(3, at.toLocalDate());
    insert.setObject(4, at);
    insert.setString(5, findings);
    insert.setString(6, null);
    insert.setString(7, null);
    insert.setObject(8, null, java.sql.Types.DATE);
  }

  private void addPlates(List<Spot> trees, List<Spot> houses) throws SQLException {
    long batch = addBatch();
    List<Spot> spots = new ArrayList<>(trees);
    spots.addAll(houses);
    try (PreparedStatement insert = connection.prepareStatement(INSERT_PLATE)) {
      for (Spot spot : spots) {
        insert.setString(1, PlateCode.draw(random).value());
        insert.setLong(2, spot.id());
        insert.setLong(3, batch);
        insert.setObject(4, daysAgo(60));
        insert.setObject(5, daysAgo(58));
        insert.setObject(6, daysAgo(20 + random.nextInt(30)));
        insert.setDouble(7, spot.lon());
        insert.setDouble(8, spot.lat());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT_PLATE_EVENTS)) {
      insert.setLong(1, batch);
      insert.executeUpdate();
    }
  }

  private long addBatch() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO plate_batch (made_at, actor, format, note)
            VALUES (?, 'demo', 'plate60', 'Biển trình diễn')
            RETURNING id
            """)) {
      insert.setObject(1, daysAgo(60));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private OffsetDateTime daysAgo(int days) {
    return now.minus(Duration.ofDays(days)).atOffset(ZoneOffset.UTC);
  }
}
