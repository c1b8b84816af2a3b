package io.floodmark.api.plates;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.access.Caller;
import io.floodmark.api.assets.AssetFilter;
import io.floodmark.api.assets.Change;
import io.floodmark.api.records.Scope;
import io.floodmark.plate.PlateCode;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Makes plates with new codes and notes that they were printed, in the caller's transaction. */
public final class PlateMaking {
  /** In one batch, and so on one PDF. */
  public static final int PLATES_MAX = 5_000;

  /**
   * That no plate leads to {@code asset a}, neither its own nor that of one that was merged into
   * it, however often. Walked up from the plates, once for all assets.
   */
  static final String WITHOUT_PLATE =
      """
      NOT EXISTS (
        SELECT FROM (
          WITH RECURSIVE led (id, merged_into) AS (
            SELECT t.id, t.merged_into FROM plate living JOIN asset t ON t.id = living.asset_id
            WHERE living.state IN ('made', 'printed', 'mounted')
            UNION
            SELECT t.id, t.merged_into FROM led l JOIN asset t ON t.id = l.merged_into)
          SELECT id FROM led) led
        WHERE led.id = a.id)\
      """;

  private static final String INSERT =
      """
      INSERT INTO plate (code, asset_id, batch_id, state, made_at)
      SELECT n.code, n.asset_id, ?, 'made', ?
      FROM unnest(?::text[], ?::bigint[]) AS n (code, asset_id)
      ON CONFLICT (code) DO NOTHING
      RETURNING asset_id
      """;

  private final Connection connection;
  private final Supplier<PlateCode> codes;

  /** Codes are drawn from {@code random}, which nobody can foretell. */
  public PlateMaking(Connection connection, SecureRandom random) {
    this(connection, () -> PlateCode.draw(random));
  }

  /** Codes as {@code codes} gives them; those that are taken are asked for again. */
  PlateMaking(Connection connection, Supplier<PlateCode> codes) {
    this.connection = connection;
    this.codes = codes;
  }

  /**
   * Makes a plate for each asset that is wanted to have one and has none, for the first {@link
   * #PLATES_MAX} of them.
   *
   * @return the batch; empty if there is no such asset
   */
  public OptionalLong makeFor(
      PlatesWanted wanted, PlateFormat format, Optional<String> note, Change change)
      throws SQLException {
    lock(withoutPlate(wanted));
    // Asked again, for somebody else may have made some while these were waited for.
    List<Long> assets = withoutPlate(wanted);
    if (assets.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(make(new ArrayList<>(assets), format, note, change));
  }

  /**
   * Makes plates that belong to nothing yet.
   *
   * @param count 1 to {@link #PLATES_MAX}
   * @return the batch
   */
  public long makeBlank(int count, PlateFormat format, Optional<String> note, Change change)
      throws SQLException {
    if (count < 1 || count > PLATES_MAX) {
      throw new IllegalArgumentException(
          "A batch has 1 to " + PLATES_MAX + " plates, not " + count + ".");
    }
    List<Long> nothing = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      nothing.add(null);
    }
    return make(nothing, format, note, change);
  }

  /**
   * Puts a plate with a new code in the place of one.
   *
   * @return the new code
   * @throws PlateRefused if that is over already, or belongs to nothing
   */
  PlateCode replace(PlateCode code, PlateFormat format, Change change) throws SQLException {
    long batch = batch(format, change.reason(), change);
    PlateStore store = new PlateStore(connection);
    PlateCode next = codes.get();
    while (store.find(next).isPresent()) {
      next = codes.get();
    }
    store.replace(code, next, batch, change);
    return next;
  }

  /**
   * Notes that a batch came out of the printer, as far as it is the caller's.
   *
   * @return how many plates were not printed before
   */
  public int markPrinted(long batchId, Change change) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            WITH printed AS (
              UPDATE plate p SET state = 'printed', printed_at = ?
              WHERE p.batch_id = ? AND p.state = 'made'
                AND (p.asset_id IS NULL OR EXISTS (
                  SELECT FROM asset a
                  WHERE a.id = p.asset_id
                    AND (cardinality(?::int[]) = 0 OR a.group_id = ANY (?::int[]))))
              RETURNING p.code, p.asset_id)
            INSERT INTO plate_event (code, kind, at, staff_id, actor, asset_id)
            SELECT code, 'printed', ?, ?, ?, asset_id FROM printed
            """)) {
      Caller caller = change.caller();
      update.setObject(1, change.at().atOffset(ZoneOffset.UTC));
      update.setLong(2, batchId);
      update.setArray(3, Scope.of(connection, caller));
      update.setArray(4, Scope.of(connection, caller));
      update.setObject(5, change.at().atOffset(ZoneOffset.UTC));
      bindStaff(update, 6, change);
      int printed = update.executeUpdate();
      audit("plate.print", batchId, printed, change);
      return printed;
    }
  }

  /** The staff's id and the actor, in two parameters. */
  static void bindStaff(PreparedStatement statement, int from, Change change) throws SQLException {
    if (change.caller().staffId().isPresent()) {
      statement.setInt(from, change.caller().staffId().getAsInt());
    } else {
      statement.setNull(from, Types.INTEGER);
    }
    statement.setString(from + 1, change.caller().actor());
  }

  /** In the order in which somebody walks along with them. */
  private List<Long> withoutPlate(PlatesWanted wanted) throws SQLException {
    AssetFilter.Where where = wanted.where(connection);
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT a.id FROM asset a WHERE "
                + where.sql()
                + " AND "
                + WITHOUT_PLATE
                + " ORDER BY "
                + PlateRows.WALKING_ORDER
                + ", a.id LIMIT ?")) {
      int next = where.bind(connection, query, 1);
      query.setInt(next, PLATES_MAX);
      List<Long> ids = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
      return ids;
    }
  }

  /** One plate an asset: whoever else makes or mounts one for these waits, or is waited for. */
  private void lock(List<Long> assets) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT id FROM asset WHERE id = ANY (?) ORDER BY id FOR UPDATE")) {
      lock.setArray(1, connection.createArrayOf("bigint", assets.toArray()));
      lock.executeQuery().close();
    }
  }

  private long make(List<Long> assets, PlateFormat format, Optional<String> note, Change change)
      throws SQLException {
    long batch = batch(format, note, change);
    List<Long> left = assets;
    while (!left.isEmpty()) {
      left = insert(batch, left, change);
    }
    try (PreparedStatement events =
        connection.prepareStatement(
            """
            INSERT INTO plate_event (code, kind, at, staff_id, actor, asset_id)
            SELECT code, 'made', ?, ?, ?, asset_id FROM plate WHERE batch_id = ?
            """)) {
      events.setObject(1, change.at().atOffset(ZoneOffset.UTC));
      bindStaff(events, 2, change);
      events.setLong(4, batch);
      events.executeUpdate();
    }
    audit("plate.make", batch, assets.size(), change);
    return batch;
  }

  /** Those whose code was taken already, by one plate in thousands of millions. */
  private List<Long> insert(long batch, List<Long> assets, Change change) throws SQLException {
    Set<String> drawn = new HashSet<>();
    while (drawn.size() < assets.size()) {
      drawn.add(codes.get().value());
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setLong(1, batch);
      insert.setObject(2, change.at().atOffset(ZoneOffset.UTC));
      insert.setArray(3, connection.createArrayOf("text", drawn.toArray()));
      insert.setArray(4, connection.createArrayOf("bigint", assets.toArray()));
      List<Long> left = new ArrayList<>(assets);
      try (ResultSet row = insert.executeQuery()) {
        while (row.next()) {
          left.remove(row.getObject(1, Long.class));
        }
      }
      return left;
    }
  }

  private long batch(PlateFormat format, Optional<String> note, Change change) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO plate_batch (made_at, staff_id, actor, format, note)
            VALUES (?, ?, ?, ?, ?)
            RETURNING id
            """)) {
      insert.setObject(1, change.at().atOffset(ZoneOffset.UTC));
      bindStaff(insert, 2, change);
      insert.setString(4, format.key());
      insert.setString(5, note.orElse(null));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void audit(String action, long batch, int plates, Change change) throws SQLException {
    AuditLog.add(
        connection,
        change.at(),
        change.caller(),
        action,
        "plate-batch:" + batch,
        change.address(),
        Map.of("plates", Integer.toString(plates)));
  }
}
